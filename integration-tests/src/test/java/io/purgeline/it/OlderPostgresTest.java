package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Installation;
import io.purgeline.testing.InstalledPostgres;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.RabbitServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The oldest PostgreSQL that is supported; all other tests run on the newest. */
@Tag("all")
class OlderPostgresTest {

  @TempDir Path logs;

  @Test
  void makesItsTablesAndPurgesOnVersion15() {
    var minio = MinioServer.shared();
    var broker = RabbitServer.shared().newVirtualHost();
    try (var postgres = InstalledPostgres.own(15);
        var it = new Installation(postgres.database(), broker, minio.access(), logs)) {
      var places = "--purgeline.defaults.dataset-locations=s3://main/" + it.bucket() + "/ds/{id}/";
      var gateway = it.startGateway(Installation.SMALL_JVM, List.of(places));
      it.startWorker(Installation.SMALL_JVM, List.of(places));
      it.awaitHealthy();
      var api = new Client(gateway.address().toString());
      var id = UUID.randomUUID().toString();
      var dataset = Map.of("id", id, "name", "d", "type", "iq_raw");
      assertThat(api.post("/api/v1/datasets", dataset).status()).isEqualTo(201);
      it.s3().putMany(it.bucket(), "ds/" + id + "/", 20, 10);
      it.s3().putMany(it.bucket(), "ds/" + id + "0/", 3, 10);
      var neighbours = it.s3().contents(it.bucket(), "ds/" + id + "0/");

      var answer = api.delete("/api/v1/datasets/" + id, "Prefer", "wait=60");

      assertThat(answer.status()).isEqualTo(204);
      OnInstallation.assertPurged(api.get(answer.location()).body(), 20);
      assertThat(it.s3().contents(it.bucket(), "ds/")).isEqualTo(neighbours);
      var version = JdbcClient.create(postgres.database().dataSource()).sql("show server_version");
      assertThat(version.query(String.class).single()).startsWith("15.");
    }
  }
}
