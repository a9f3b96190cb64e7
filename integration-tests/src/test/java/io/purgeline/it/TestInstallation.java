package io.purgeline.it;

import io.purgeline.testing.Installation;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A gateway and two workers on the shared servers, with times short enough for a test. They reach
 * the store through a proxy that remembers what was said.
 */
final class TestInstallation implements AutoCloseable {

  private static final List<String> SMALL_JVM =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  final S3Fixture s3;
  final TcpProxy store;
  final String bucket;
  final Path trainings;
  final JdbcClient sql;
  final Client api;
  final PurgelineProcess gateway;
  final List<PurgelineProcess> workers;
  private final Installation installation;

  TestInstallation(Path folder) throws IOException {
    trainings = Files.createDirectory(folder.resolve("trainings"));
    var minio = MinioServer.shared().access();
    store = new TcpProxy(minio.endpoint().getPort());
    var proxied = minio.through(URI.create("http://127.0.0.1:" + store.port()));
    installation =
        new Installation(PostgresServer.shared(), RabbitServer.shared(), proxied, folder);
    s3 = installation.s3();
    bucket = installation.bucket();
    sql = JdbcClient.create(installation.database().dataSource());
    gateway = installation.startGateway(SMALL_JVM, settings());
    api = new Client(gateway.address().toString());
    workers = List.of(worker(), worker());
    installation.awaitHealthy();
  }

  private PurgelineProcess worker() {
    return installation.startWorker(SMALL_JVM, settings());
  }

  private List<String> settings() {
    return List.of(
        "--purgeline.defaults.dataset-locations=s3://main/" + bucket + "/synthetic/{id}/",
        "--purgeline.directory-roots.trainings=" + trainings,
        "--purgeline.worker.lease=3s",
        "--purgeline.worker.request-timeout=10s",
        "--purgeline.worker.reconcile-interval=500ms",
        "--purgeline.worker.lost-after=5s");
  }

  @Override
  public void close() {
    installation.close();
    store.close();
  }
}
