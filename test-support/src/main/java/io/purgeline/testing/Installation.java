package io.purgeline.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Purgeline as it runs in production: a gateway and workers, each a process of its own, on a
 * database, a virtual host and a bucket that nobody else uses. The servers stay the caller's.
 */
public final class Installation implements AutoCloseable {

  /** Who may do everything. */
  public static final String USER = "alice";

  public static final String PASSWORD = "secret";

  private final TestDatabase database;
  private final S3Fixture s3;
  private final String bucket;
  private final List<String> settings;
  private final Path logs;
  private final List<PurgelineProcess> processes = new ArrayList<>();

  /**
   * Makes what the processes need; none is started yet.
   *
   * @param store how the processes reach the store {@code main}
   * @param logs a folder for what they print
   */
  public Installation(PostgresServer postgres, RabbitServer rabbit, S3Access store, Path logs) {
    this.database = postgres.newDatabase();
    this.s3 = new S3Fixture(store);
    this.bucket = s3.newBucket();
    this.settings = settings(database, rabbit.newVirtualHost(), store, bucket);
    this.logs = logs;
  }

  private static List<String> settings(
      TestDatabase database, TestBroker broker, S3Access store, String bucket) {
    return List.of(
        "--spring.datasource.url=" + database.jdbcUrl(),
        "--spring.datasource.username=" + database.username(),
        "--spring.datasource.password=" + database.password(),
        "--spring.rabbitmq.addresses=" + broker.addresses(),
        "--spring.rabbitmq.virtual-host=" + broker.virtualHost(),
        "--spring.rabbitmq.username=" + broker.username(),
        "--spring.rabbitmq.password=" + broker.password(),
        "--purgeline.object-stores.main.endpoint=" + store.endpoint(),
        "--purgeline.object-stores.main.access-key=" + store.accessKey(),
        "--purgeline.object-stores.main.secret-key=" + store.secretKey(),
        "--purgeline.object-stores.main.buckets=" + bucket,
        "--purgeline.security.users[0].name=" + USER,
        "--purgeline.security.users[0].password={noop}" + PASSWORD,
        "--purgeline.security.users[0].roles=operator",
        "--management.otlp.tracing.export.enabled=false");
  }

  /** Starts a gateway; the settings are added to where the servers are. */
  public PurgelineProcess startGateway(List<String> jvm, List<String> more) {
    return start("io.purgeline.gateway.GatewayApplication", "gateway", jvm, more);
  }

  /** Starts a worker, the same way. */
  public PurgelineProcess startWorker(List<String> jvm, List<String> more) {
    return start("io.purgeline.worker.WorkerApplication", "worker", jvm, more);
  }

  private PurgelineProcess start(String main, String name, List<String> jvm, List<String> more) {
    var all = new ArrayList<>(settings);
    all.addAll(more);
    var log = logs.resolve(name + "-" + processes.size() + ".log");
    var process = PurgelineProcess.start(main, jvm, all, log);
    processes.add(process);
    return process;
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
