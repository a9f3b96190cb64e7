package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Who may do what, and that every refusal is a problem detail. */
@TestPropertySource(
    properties = {
      "purgeline.security.users[1].name=vera",
      "purgeline.security.users[1].password={noop}v",
      "purgeline.security.users[1].roles=viewer",
      "purgeline.security.users[2].name=ed",
      "purgeline.security.users[2].password={bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG",
      "purgeline.security.users[2].roles=editor"
    })
class LoginTest extends GatewayTestBase {

  private static final String JOB =
      "{\"name\": \"j\", \"type\": \"training\", \"status\": \"completed\"}";

  @LocalServerPort private int port;

  @ParameterizedTest(name = "{0} {1} by {2}: {4}")
  @CsvSource({
    "GET, /health, , , 200",
    "GET, /health/liveness, , , 200",
    "GET, /metrics, , , 200",
    "GET, /v3/api-docs, , , 200",
    "GET, /api/v1/jobs, , , 401",
    "GET, /api/v1/jobs, alice, wrong, 401",
    "GET, /api/v1/jobs, vera, v, 200",
    "POST, /api/v1/jobs, vera, v, 403",
    "DELETE, /api/v1/jobs/00000000-0000-0000-0000-000000000001, vera, v, 403",
    "POST, /api/v1/jobs, ed, password, 201",
    "POST, /api/v1/freeze, ed, password, 403",
    "GET, /api/v1/freeze, vera, v, 200",
    "GET, /api/v1/unknown, alice, secret, 404",
    "GET, /unknown, alice, secret, 404",
    "PUT, /api/v1/jobs, alice, secret, 405",
    "GET, /api/v1/jobs?limit=0, alice, secret, 400",
    "GET, /api/v1/jobs?limit=x, alice, secret, 400",
    "GET, /api/v1/jobs?cursor=!, alice, secret, 400",
    "GET, /api/v1/jobs/17, alice, secret, 400",
    "GET, /api/v1/deletions?state=WRONG, alice, secret, 400"
  })
  void answers(String method, String path, String user, String password, int status)
      throws IOException, InterruptedException {
    var response = send(method, path, user, password);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(response.body()).contains("\"detail\"", "\"status\":" + status);
    }
  }

  private HttpResponse<String> send(String method, String path, String user, String password)
      throws IOException, InterruptedException {
    var body = method.equals("POST") ? BodyPublishers.ofString(JOB) : BodyPublishers.noBody();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body)
            .header("Content-Type", "application/json");
    if (user != null) {
      var login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
      request.header("Authorization", "Basic " + login);
    }
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
