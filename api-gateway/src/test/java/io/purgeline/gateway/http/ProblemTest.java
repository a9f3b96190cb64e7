package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, and wherever: the answer is a problem detail. */
class ProblemTest extends GatewayTestBase {

  @ParameterizedTest
  @CsvSource({
    "GET,    /nothing,         404",
    "POST,   /nothing,         404",
    "DELETE, /,                404",
    "GET,    /error/,          404",
    "PUT,    /datasets,        405",
    "DELETE, /datasets,        405",
    "POST,   /freeze/x,        404",
  })
  void tellsWhatIsNotThere(String method, String path, int status) {
    var answer = api.send(method, path, "");

    expectProblem(answer, status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/nothing", "/health/readiness/nothing", "/health/a/b/"})
  void tellsWithoutALoginWhichHealthIsNotThere(String path) {
    var answer = api.anonymous().get(path);

    expectProblem(answer, 404);
    assertThat(answer.detail()).isEqualTo("There is nothing at " + path);
  }

  @Test
  void saysWhichMethodsThereAre() {
    assertThat(api.send("PUT", "/jobs", "").header("Allow")).contains("GET").contains("POST");
  }

  @Test
  void takesJsonOnly() {
    expectProblem(api.send("POST", "/jobs", "<job/>", "Content-Type", "application/xml"), 415);
    expectProblem(api.send("POST", "/jobs", "{}", "Content-Type", "text/plain"), 415);
    expectProblem(api.send("POST", "/jobs", "{}"), 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "image/png"})
  void givesJsonOnlyAndChangesNothingForWhoWantsOther(String accept) {
    var before = records.count("job");

    var answer =
        api.send(
            "POST",
            "/jobs",
            "{\"name\":\"job\",\"type\":\"training\"}",
            "Content-Type",
            "application/json",
            "Accept",
            accept);

    expectProblem(answer, 406);
    assertThat(records.count("job")).isEqualTo(before);
  }

  @Test
  void refusesBodiesOverTheLimitWithAndWithoutALength() {
    var big = "{\"name\":\"" + "x".repeat(2_000_000) + "\"}";

    var told = api.send("POST", "/jobs", big, "Content-Type", "application/json");
    var chunked =
        api.send(
            "POST",
            "/jobs",
            BodyPublishers.fromPublisher((Flow.Publisher<ByteBuffer>) BodyPublishers.ofString(big)),
            "Content-Type",
            "application/json");

    expectProblem(told, 413);
    expectProblem(chunked, 413);
  }

  /** What no client library would send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/datasets/%2F HTTP/1.1",
        "GET /api/v1/datasets/%zz HTTP/1.1",
        "GET /api/v1/../../etc/passwd HTTP/1.1",
        "GET /api/v1/datasets/a\\b HTTP/1.1",
        "GET /api/v1/datasets/<> HTTP/1.1"
      })
  void answersUnreadableRequestsWithAProblem(String request) throws IOException {
    var answer = raw(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(answer).contains("application/problem+json").doesNotContain("<html");
  }

  /** Bytes that look like control characters, or are some, where nobody expects them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/jobs?%01=1 HTTP/1.1",
        "GET /api/v1/jobs?x=%01 HTTP/1.1",
        "GET /api/v1/jobs HTTP/1.1\r\nPrefer: wait=\u0085",
        "GET /api/v1/jobs HTTP/1.1\r\nUser-Agent: \u0085",
        "GET /api/v1/jobs HTTP/1.1\r\nX-Purgeline-Reason: \u0085"
      })
  void isNotUpsetByWhatItDoesNotRead(String request) throws IOException {
    var answer =
        raw(
            request
                + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic "
                + Base64.getEncoder()
                    .encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8))
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @Test
  void describesTheApiAsOpenApi31WithItsProblems() {
    var docs = api.get("/v3/api-docs").json();

    assertThat(docs.path("openapi").asString()).startsWith("3.1");
    assertThat(docs.at("/components/schemas/Problem/properties/detail/type").asString())
        .isEqualTo("string");
    assertThat(docs.at("/paths/~1api~1v1~1datasets/post/responses/default").toString())
        .contains("application/problem+json")
        .contains("#/components/schemas/Problem");
  }

  @Test
  void showsThePage() {
    var page = api.get("/docs");
    var index = api.get("/swagger-ui/index.html");

    assertThat(page.status()).isIn(200, 302);
    assertThat(index.status()).isEqualTo(200);
    assertThat(index.text()).contains("swagger");
  }

  private static void expectProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("title").asString()).isNotEmpty();
    assertThat(answer.detail()).isNotEmpty();
    assertThat(answer.json().path("instance").asString()).startsWith("/");
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
