package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.it.Client;
import io.purgeline.testing.Installation;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.RestrictedUser;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * A gateway and a worker, watched by a Prometheus. The worker reaches the broker through a proxy,
 * and the store through another, as a user whom the store can deny things. The tests of this JVM
 * share it; it ends with the JVM.
 */
final class MonitoredInstallation {

  static final Duration LONG = Duration.ofMinutes(5);

  /** What fails is dead at once; what is down is noticed at once. */
  private static final List<String> TIMES =
      List.of(
          "--purgeline.retry.max-attempts=1",
          "--purgeline.worker.request-timeout=10s",
          "--purgeline.worker.reconcile-interval=500ms",
          "--purgeline.worker.probe-interval=500ms",
          "--purgeline.relay.max-pause=1s",
          "--purgeline.canary.interval=10m");

  final RabbitServer rabbit = RabbitServer.measured();
  final TcpProxy broker;
  final TcpProxy store;
  final S3Fixture s3;
  final LiveNeighbours neighbours;
  final String bucket;
  final Client api;
  final Monitoring monitoring;
  private final RestrictedUser user = new RestrictedUser(MinioServer.shared());

  private MonitoredInstallation(Path folder) throws IOException {
    var queues = rabbit.newVirtualHost();
    broker = new TcpProxy(queues.port());
    var minio = MinioServer.shared().access();
    store = new TcpProxy(minio.endpoint().getPort());
    s3 = new S3Fixture(minio);
    neighbours = new LiveNeighbours(s3);
    var proxied = user.access().through(URI.create("http://127.0.0.1:" + store.port()));
    var installation =
        new Installation(PostgresServer.shared().newDatabase(), queues, proxied, folder);
    bucket = installation.bucket();
    neighbours.settleBeside(bucket, "synthetic/");
    var trainings = Files.createDirectory(folder.resolve("trainings"));
    var settings = new ArrayList<>(TIMES);
    settings.add("--purgeline.directory-roots.trainings=" + trainings);
    settings.add("--purgeline.defaults.dataset-locations=s3://main/" + bucket + "/synthetic/{id}/");
    var gateway = installation.startGateway(Installation.SMALL_JVM, settings);
    var working = installation.startWorker(Installation.SMALL_JVM, through(broker, settings));
    installation.awaitHealthy();
    api = new Client(gateway.address().toString());
    monitoring = new Monitoring(targets(gateway, working, rabbit), newFolder(folder));
  }

  static MonitoredInstallation shared() {
    return Shared.INSTALLATION;
  }

  /** A dataset of one object on which nobody depends, under the prefix that can be denied. */
  String dataset() {
    var id = UUID.randomUUID().toString();
    var body = Map.of("id", id, "name", "d-" + id, "type", "iq_raw");
    assertThat(api.post("/api/v1/datasets", body).status()).isEqualTo(201);
    s3.put(bucket, prefix(id) + "denied/object", new byte[100]);
    neighbours.settleBeside(bucket, prefix(id));
    return id;
  }

  static String prefix(String dataset) {
    return "synthetic/" + dataset + "/";
  }

  /** Deletes the dataset and answers where the deletion is to be seen. */
  String delete(String dataset) {
    return api.deleteDataset(dataset);
  }

  void awaitState(String deletion, String state) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() ->
            assertThat(api.get(deletion).body().path("state").stringValue()).isEqualTo(state));
  }

  /** The store refuses to delete what lies below any {@code denied/}. */
  void deny() {
    user.deny(bucket, "synthetic/*/denied/");
  }

  void allow() {
    user.denyNothing();
  }

  private static Map<String, String> targets(
      PurgelineProcess gateway, PurgelineProcess worker, RabbitServer rabbit) {
    return Map.of(
        "purgeline-gateway",
        gateway.address().getAuthority(),
        "purgeline-worker",
        worker.address().getAuthority(),
        "rabbitmq",
        rabbit.metrics().getAuthority(),
        "rabbitmq-detailed",
        rabbit.metrics().getAuthority());
  }

  private static List<String> through(TcpProxy broker, List<String> settings) {
    var all = new ArrayList<>(settings);
    all.add("--spring.rabbitmq.addresses=127.0.0.1:" + broker.port());
    return all;
  }

  private static Path newFolder(Path parent) throws IOException {
    return Files.createDirectory(parent.resolve("monitoring"));
  }

  private static MonitoredInstallation start() {
    try {
      var folder = Files.createTempDirectory("purgeline-monitored-").toRealPath();
      var removal = new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile()), "clean");
      Runtime.getRuntime().addShutdownHook(removal);
      return new MonitoredInstallation(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final MonitoredInstallation INSTALLATION = start();
  }
}
