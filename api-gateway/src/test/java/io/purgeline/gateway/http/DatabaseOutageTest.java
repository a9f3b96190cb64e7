package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.purgeline.deletion.DeletionGauges;
import io.purgeline.gateway.Api;
import io.purgeline.gateway.GatewayApplication;
import io.purgeline.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class DatabaseOutageTest {

  private static final Pattern FIGURE =
      Pattern.compile("^purgeline_(frozen|tasks|outbox_rows|gauges_last_success)");

  @Test
  void saysThatTheDatabaseIsAwayAndGoesOnWhenItIsBack() {
    try (var server = PostgresServer.own()) {
      var database = server.newDatabase();
      try (var gateway =
          GatewayApplication.start(
              "--server.port=0",
              "--spring.datasource.url=" + database.jdbcUrl(),
              "--spring.datasource.username=" + database.username(),
              "--spring.datasource.password=" + database.password(),
              "--spring.datasource.hikari.connection-timeout=1000",
              "--spring.rabbitmq.addresses=127.0.0.1:1",
              "--purgeline.security.users[0].name=alice",
              "--purgeline.security.users[0].password={noop}secret",
              "--purgeline.security.users[0].roles=operator")) {
        var port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        var api = new Api(port);
        var job = "{\"name\":\"job\",\"type\":\"training\"}";
        var gauges = gateway.getBean(DeletionGauges.class);
        awaitWithDatabase(() -> assertThat(api.post("/jobs", job).status()).isEqualTo(201));
        awaitWithDatabase(() ->
            assertThat(api.post("/freeze", "{\"reason\":\"moving\"}").status()).isEqualTo(200));
        awaitWithDatabase(gauges::runOnce);
        awaitWithDatabase(() -> assertThat(api.get("/health/readiness").status()).isEqualTo(200));
        awaitWithDatabase(
            () -> assertThat(api.get("/health").json().path("status").asString()).isEqualTo("UP"));

        server.stop();

        var figures = figures(api);
        assertThat(figures).contains("purgeline_frozen 1.0");
        var read = api.get("/jobs");
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.header("Content-Type")).startsWith("application/problem+json");
        assertThat(read.header("Retry-After")).isNotEmpty();
        assertThat(api.post("/jobs", job).status()).isEqualTo(503);
        assertThat(api.get("/health/readiness").status()).isEqualTo(503);
        assertThat(api.get("/health").status()).isEqualTo(503);
        assertThat(api.get("/health").json().path("status").asString()).isEqualTo("DOWN");
        assertThat(api.get("/health/liveness").status()).isEqualTo(200);

        assertThatThrownBy(gauges::runOnce).isInstanceOf(DataAccessException.class);
        assertThat(figures(api)).isEqualTo(figures);

        server.start();

        awaitWithDatabase(() -> assertThat(api.post("/jobs", job).status()).isEqualTo(201));
        awaitWithDatabase(() -> assertThat(api.get("/jobs").json().path("items")).hasSize(2));
        awaitWithDatabase(gauges::runOnce);
        assertThat(figures(api)).as("the time of the last success").isNotEqualTo(figures);
      }
    }
  }

  /** On a busy machine it may be late for the gateway, which waits a second only. */
  private static void awaitWithDatabase(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(DataAccessException.class)
        .untilAsserted(assertion);
  }

  /** What was read from the database, and when. */
  private static List<String> figures(Api api) {
    return api.get("/metrics").text().lines().filter(FIGURE.asPredicate()).toList();
  }
}
