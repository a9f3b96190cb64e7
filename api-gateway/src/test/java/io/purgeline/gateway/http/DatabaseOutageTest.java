package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.Api;
import io.purgeline.gateway.GatewayApplication;
import io.purgeline.testing.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

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
        assertThat(api.post("/jobs", job).status()).isEqualTo(201);
        assertThat(api.get("/health/readiness").status()).isEqualTo(200);

        server.stop();

        var read = api.get("/jobs");
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.header("Content-Type")).startsWith("application/problem+json");
        assertThat(read.header("Retry-After")).isNotEmpty();
        assertThat(api.post("/jobs", job).status()).isEqualTo(503);
        assertThat(api.get("/health/readiness").status()).isEqualTo(503);
        assertThat(api.get("/health/liveness").status()).isEqualTo(200);

        server.start();

        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(api.post("/jobs", job).status()).isEqualTo(201));
        assertThat(api.get("/jobs").json().path("items")).hasSize(2);
      }
    }
  }
}
