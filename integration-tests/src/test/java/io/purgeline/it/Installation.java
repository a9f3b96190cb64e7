package io.purgeline.it;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TcpProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Purgeline as it runs in production: a gateway and two workers, each a process of its own, on real
 * PostgreSQL, RabbitMQ and MinIO, with times short enough for a test. The workers reach the store
 * through a proxy that remembers what they said.
 */
final class Installation implements AutoCloseable {

  final S3Fixture s3;
  final TcpProxy store;
  final String bucket;
  final Path trainings;
  final JdbcClient sql;
  final Client api;
  final PurgelineProcess gateway;
  final List<PurgelineProcess> workers = new ArrayList<>();

  Installation(Path folder) throws IOException {
    var database = PostgresServer.shared().newDatabase();
    var broker = RabbitServer.shared().newVirtualHost();
    var minio = MinioServer.shared();
    s3 = new S3Fixture(minio.access());
    store = new TcpProxy(minio.endpoint().getPort());
    bucket = s3.newBucket();
    trainings = Files.createDirectory(folder.resolve("trainings"));
    sql = JdbcClient.create(database.dataSource());
    var settings =
        List.of(
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=" + database.username(),
            "--spring.datasource.password=" + database.password(),
            "--spring.rabbitmq.addresses=" + broker.addresses(),
            "--spring.rabbitmq.virtual-host=" + broker.virtualHost(),
            "--spring.rabbitmq.username=" + broker.username(),
            "--spring.rabbitmq.password=" + broker.password(),
            "--purgeline.object-stores.main.endpoint=http://127.0.0.1:" + store.port(),
            "--purgeline.object-stores.main.access-key=" + minio.accessKey(),
            "--purgeline.object-stores.main.secret-key=" + minio.secretKey(),
            "--purgeline.object-stores.main.buckets=" + bucket,
            "--purgeline.defaults.dataset-locations=s3://main/" + bucket + "/synthetic/{id}/",
            "--purgeline.directory-roots.trainings=" + trainings,
            "--purgeline.security.users[0].name=alice",
            "--purgeline.security.users[0].password={noop}secret",
            "--purgeline.security.users[0].roles=operator",
            "--purgeline.worker.lease=3s",
            "--purgeline.worker.request-timeout=10s",
            "--purgeline.worker.reconcile-interval=500ms",
            "--purgeline.worker.lost-after=5s",
            "--management.otlp.tracing.export.enabled=false");
    var port = freePort();
    gateway =
        new PurgelineProcess(
            "io.purgeline.gateway.GatewayApplication", port, settings, folder.resolve("gateway"));
    api = new Client("http://127.0.0.1:" + port);
    for (int i = 0; i < 2; i++) {
      workers.add(worker(settings, folder.resolve("worker-" + i)));
    }
    gateway.awaitHealthy();
    workers.forEach(PurgelineProcess::awaitHealthy);
  }

  private static PurgelineProcess worker(List<String> settings, Path log) throws IOException {
    return new PurgelineProcess("io.purgeline.worker.WorkerApplication", freePort(), settings, log);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    workers.forEach(PurgelineProcess::close);
    gateway.close();
    store.close();
    s3.close();
  }
}
