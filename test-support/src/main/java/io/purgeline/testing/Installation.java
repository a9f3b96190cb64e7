package io.purgeline.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Purgeline as it runs in production: a gateway and workers, each a process of its own, on a
 * database, a virtual host and a bucket that nobody else uses. The servers stay the caller's.
 */
public final class Installation implements AutoCloseable {

  /** Who may do everything. */
  public static final String USER = "alice";

  public static final String PASSWORD = "secret";

  private static final String CANARY = "--purgeline.canary.interval=";

  /** Options of a JVM that starts quickly and is one of several. */
  public static final List<String> SMALL_JVM =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private static final String WORKER = "io.purgeline.worker.WorkerApplication";

  private final TestDatabase database;
  private final S3Fixture s3;
  private final String bucket;
  private final List<String> servers;
  private final List<String> store;
  private final Path logs;
  private final List<PurgelineProcess> processes = new ArrayList<>();

  /**
   * Makes what the processes need; none is started yet.
   *
   * @param store how the processes reach the store {@code main}
   * @param logs a folder for what they print
   */
  public Installation(PostgresServer postgres, RabbitServer rabbit, S3Access store, Path logs) {
    this(postgres.newDatabase(), rabbit.newVirtualHost(), store, logs);
  }

  /** The same, on an empty database and a virtual host that the caller has. */
  public Installation(TestDatabase database, TestBroker broker, S3Access store, Path logs) {
    this.database = database;
    this.s3 = new S3Fixture(store);
    this.bucket = s3.newBucket();
    this.servers = servers(database, broker);
    this.store = store(store, bucket);
    this.logs = logs;
  }

  private static List<String> servers(TestDatabase database, TestBroker broker) {
    return ServerSettings.arguments(
        database,
        broker,
        "--purgeline.security.users[0].name=" + USER,
        "--purgeline.security.users[0].password={noop}" + PASSWORD,
        "--purgeline.security.users[0].roles=operator",
        "--spring.datasource.hikari.connection-timeout=30000", // no test takes its database away
        "--management.otlp.tracing.export.enabled=false");
  }

  private static List<String> store(S3Access store, String bucket) {
    return List.of(
        "--purgeline.object-stores.main.endpoint=" + store.endpoint(),
        "--purgeline.object-stores.main.access-key=" + store.accessKey(),
        "--purgeline.object-stores.main.secret-key=" + store.secretKey(),
        "--purgeline.object-stores.main.buckets=" + bucket);
  }

  /** Starts a gateway; the settings are added to where the servers are, or say it otherwise. */
  public PurgelineProcess startGateway(List<String> jvm, List<String> more) {
    return start("io.purgeline.gateway.GatewayApplication", "gateway", jvm, withStore(more));
  }

  /** Starts a worker, the same way. */
  public PurgelineProcess startWorker(List<String> jvm, List<String> more) {
    return start(WORKER, "worker", jvm, withStore(more));
  }

  /** Starts a worker that is told of no place but those among its settings. */
  public PurgelineProcess startWorkerWithoutStore(List<String> jvm, List<String> more) {
    return start(WORKER, "worker", jvm, more);
  }

  private List<String> withStore(List<String> more) {
    return Stream.concat(store.stream(), more.stream()).toList();
  }

  private PurgelineProcess start(String main, String name, List<String> jvm, List<String> more) {
    var all = new ArrayList<>(servers);
    all.removeIf(setting -> more.stream().anyMatch(other -> isSame(setting, other)));
    all.addAll(more);
    if (more.stream().noneMatch(setting -> setting.startsWith(CANARY))) {
      all.add(CANARY + "0"); // tests count what they delete
    }
    var log = logs.resolve(name + "-" + processes.size() + ".log");
    var process = PurgelineProcess.start(main, jvm, all, log);
    processes.add(process);
    return process;
  }

  /** Spring would make a list of two values of one property. */
  private static boolean isSame(String setting, String other) {
    return other.startsWith(setting.substring(0, setting.indexOf('=') + 1));
  }

  /** Waits until every process says that it is well. */
  public void awaitHealthy() {
    processes.forEach(PurgelineProcess::awaitHealthy);
  }

  public TestDatabase database() {
    return database;
  }

  public S3Fixture s3() {
    return s3;
  }

  /** The one bucket of the store {@code main}. */
  public String bucket() {
    return bucket;
  }

  /** Ends the processes at once. */
  @Override
  public void close() {
    processes.reversed().forEach(PurgelineProcess::close);
    s3.close();
  }
}
