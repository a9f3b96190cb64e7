package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edith has a bcrypt password, the others plain ones. */
class AccessTest extends GatewayTestBase {

  private static final String JOB = "{\"name\":\"job\",\"type\":\"training\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/liveness",
        "/health/readiness",
        "/metrics",
        "/v3/api-docs",
        "/docs"
      })
  void isOpenToEverybody(String path) throws Exception {
    assertThat(anonymous(path).statusCode()).isIn(200, 302);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/datasets", "/api/v1/audit", "/api/v1/nothing", "/"})
  void asksForALogin(String path) throws Exception {
    var answer = anonymous(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"status\":401").contains("\"instance\":\"" + path + "\"");
  }

  @Test
  void refusesWrongLogins() {
    assertThat(api.as("mallory").get("/datasets").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "victor, GET,    /datasets,               200",
    "victor, GET,    /freeze,                 200",
    "victor, POST,   /jobs,                   403",
    "victor, DELETE, /datasets/UNKNOWN,       403",
    "edith,  GET,    /datasets,               200",
    "edith,  POST,   /jobs,                   201",
    "edith,  DELETE, /datasets/UNKNOWN,       404",
    "edith,  POST,   /freeze,                 403",
    "edith,  DELETE, /freeze,                 403",
    "victor, POST,   /stores/identity,        403",
    "edith,  POST,   /stores/identity,        403",
    "alice,  POST,   /stores/identity,        400",
    "alice,  POST,   /jobs,                   201",
  })
  void letsEachRoleDoWhatItMay(String user, String method, String path, int status) {
    var answer =
        api.as(user)
            .send(
                method,
                path.replace("UNKNOWN", UUID.randomUUID().toString()),
                method.equals("POST") ? JOB : "",
                "Content-Type",
                "application/json");

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.json().path("instance").asString()).startsWith("/api/v1/");
    }
  }

  @Test
  void recordsWhatARoleForbade() {
    api.as("victor").post("/jobs", JOB);

    var entry = api.get("/audit?actor=victor&limit=1").json().at("/items/0");

    assertThat(entry.path("act").asString()).isEqualTo("POST /api/v1/jobs");
    assertThat(entry.path("outcome").asString())
        .isEqualTo("refused: Your role does not allow POST here");
  }

  @Test
  void recordsWhatCouldNotBeRead() {
    api.post("/jobs", "{");

    var outcomes = api.get("/audit?act=POST%20/api/v1/jobs").json().path("items");

    assertThat(outcomes.findValuesAsString("outcome"))
        .anyMatch(outcome -> outcome.equals("refused: Malformed JSON at line 1, column 2"));
  }

  @Test
  void recordsABodyOverTheLimitWithAndWithoutALength() {
    var big = BodyPublishers.ofString("{\"name\":\"" + "x".repeat(2_000_000) + "\"}");
    var chunked = BodyPublishers.fromPublisher((Flow.Publisher<ByteBuffer>) big);

    for (var body : List.of(big, chunked)) {
      var reason = Records.name("too large");
      var answer =
          api.send(
              "POST",
              "/jobs",
              body,
              "Content-Type",
              "application/json",
              "X-Purgeline-Reason",
              reason);

      assertThat(answer.status()).isEqualTo(413);
      assertThat(outcomesOf(reason))
          .containsExactly("refused: The body must not exceed 1048576 bytes");
    }
  }

  /** Anybody could fill the table. */
  @Test
  void recordsNothingOfWhoIsNotLoggedIn() {
    var wrong = Records.name("wrong password");
    var none = Records.name("no login");

    api.as("mallory").delete("/datasets/" + UUID.randomUUID(), "X-Purgeline-Reason", wrong);
    api.anonymous().delete("/datasets/" + UUID.randomUUID(), "X-Purgeline-Reason", none);

    assertThat(outcomesOf(wrong)).isEmpty();
    assertThat(outcomesOf(none)).isEmpty();
  }

  private List<String> outcomesOf(String reason) {
    return sql.sql("select outcome from audit_entry where reason = :reason")
        .param("reason", reason)
        .query((row, n) -> row.getString(1))
        .list();
  }

  private HttpResponse<String> anonymous(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString());
  }
}
