package io.purgeline.it;

import io.purgeline.testing.Installation;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.RestrictedUser;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TcpProxy;
import io.purgeline.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Two gateways and two workers on the shared servers, started at once on an empty database, with
 * times short enough for a test. They reach the store through a proxy that remembers what was said,
 * and the broker through another. The tests of this JVM share it; it ends with the JVM.
 */
final class TestInstallation {

  /** Longer than a machine stands still: a worker that is only slow loses nothing. */
  static final Duration LEASE = Duration.ofSeconds(10);

  private static final List<String> TIMES =
      List.of(
          "--purgeline.worker.lease=" + LEASE.toSeconds() + "s",
          "--purgeline.worker.request-timeout=10s",
          "--purgeline.worker.reconcile-interval=500ms",
          "--purgeline.worker.probe-interval=500ms",
          "--purgeline.worker.lost-after=5s",
          "--purgeline.retry.initial-delay=200ms",
          "--purgeline.retry.max-attempts=3",
          "--purgeline.relay.max-pause=2s");

  /** Slow enough to be killed on the way. */
  private static final List<String> SLOWLY =
      List.of("--purgeline.purge.max-objects-per-second=1000", "--purgeline.purge.concurrency=2");

  final TcpProxy store;
  final TcpProxy broker;
  final TestBroker queues;
  final S3Fixture s3;
  final String bucket;
  final Path trainings;
  final Path datasets;
  final JdbcClient sql;
  final List<PurgelineProcess> gateways;
  final List<PurgelineProcess> workers;
  private final RestrictedUser user;
  private final Installation installation;

  private TestInstallation(Path folder) throws IOException {
    trainings = Files.createDirectory(folder.resolve("trainings"));
    datasets = Files.createDirectory(folder.resolve("datasets"));
    var minio = MinioServer.shared().access();
    user = new RestrictedUser(MinioServer.shared());
    store = new TcpProxy(minio.endpoint().getPort());
    var proxied = user.access().through(URI.create("http://127.0.0.1:" + store.port()));
    queues = RabbitServer.shared().newVirtualHost();
    broker = new TcpProxy(queues.port());
    var database = PostgresServer.shared().newDatabase();
    installation = new Installation(database, queues.through(broker.port()), proxied, folder);
    s3 = new S3Fixture(minio);
    bucket = installation.bucket();
    sql = JdbcClient.create(database.dataSource());
    gateways = List.of(gateway(), gateway());
    workers = List.of(worker(), worker());
    installation.awaitHealthy();
  }

  static TestInstallation shared() {
    return Shared.INSTALLATION;
  }

  List<PurgelineProcess> processes() {
    return Stream.concat(gateways.stream(), workers.stream()).toList();
  }

  /** Refuses the workers to delete what lies below the prefix, and nothing else. */
  void deny(String prefix) {
    user.deny(bucket, prefix);
  }

  /** Lets the workers delete everything again. */
  void denyNothing() {
    user.denyNothing();
  }

  /** A further worker, which is given one root and nothing else. */
  PurgelineProcess startWorkerOf(String root, Path directory) {
    var settings = with(TIMES, List.of("--purgeline.directory-roots." + root + "=" + directory));
    return installation.startWorkerWithoutStore(Installation.SMALL_JVM, settings).awaitHealthy();
  }

  /** It must know every place by its name; what a name leads to is of no interest to it. */
  private PurgelineProcess gateway() {
    var places =
        List.of(
            "--purgeline.defaults.dataset-locations=s3://main/" + bucket + "/synthetic/{id}/",
            "--purgeline.directory-roots.trainings=" + trainings,
            "--purgeline.directory-roots.datasets=" + datasets);
    return installation.startGateway(Installation.SMALL_JVM, with(TIMES, places));
  }

  private PurgelineProcess worker() {
    var root = List.of("--purgeline.directory-roots.trainings=" + trainings);
    return installation.startWorker(Installation.SMALL_JVM, with(with(TIMES, SLOWLY), root));
  }

  private static List<String> with(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static TestInstallation start() {
    try {
      var folder = Files.createTempDirectory("purgeline-it-").toRealPath();
      var removal = new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile()), "clean");
      Runtime.getRuntime().addShutdownHook(removal);
      return new TestInstallation(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final TestInstallation INSTALLATION = start();
  }
}
