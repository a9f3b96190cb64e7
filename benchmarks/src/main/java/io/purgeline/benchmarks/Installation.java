package io.purgeline.benchmarks;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A gateway and a worker, each a process, on PostgreSQL, RabbitMQ and MinIO of their own. */
final class Installation implements AutoCloseable {

  final MinioServer minio = MinioServer.own();
  final S3Fixture s3 = new S3Fixture(minio.access());
  final String bucket = s3.newBucket();
  final Catalogue catalogue;
  final PurgelineProcess gateway;
  final PurgelineProcess worker;
  private final PostgresServer postgres = PostgresServer.own();
  private final RabbitServer rabbit = RabbitServer.own();

  private Installation(List<String> workerJvm, List<String> workerSettings) throws IOException {
    var database = durable(postgres.newDatabase());
    var logs = Files.createTempDirectory("purgeline-bench-");
    var settings = settings(database);
    gateway =
        PurgelineProcess.start(
            "io.purgeline.gateway.GatewayApplication",
            List.of(),
            settings,
            logs.resolve("gateway"));
    var all = new ArrayList<>(settings);
    all.addAll(workerSettings);
    worker =
        PurgelineProcess.start(
            "io.purgeline.worker.WorkerApplication", workerJvm, all, logs.resolve("worker"));
    gateway.awaitHealthy();
    worker.awaitHealthy();
    catalogue = new Catalogue(new Api(gateway.address()), sql(database), bucket);
    System.out.println("PostgreSQL " + catalogue.databaseVersion() + ", logs in " + logs);
  }

  /**
   * @param workerJvm options of the worker's JVM
   * @param workerSettings settings of the worker besides where the servers are
   */
  static Installation start(List<String> workerJvm, List<String> workerSettings)
      throws IOException {
    return new Installation(workerJvm, workerSettings);
  }

  private List<String> settings(TestDatabase database) {
    var broker = rabbit.newVirtualHost();
    return List.of(
        "--spring.datasource.url=" + database.jdbcUrl(),
        "--spring.datasource.username=" + database.username(),
        "--spring.datasource.password=" + database.password(),
        "--spring.rabbitmq.addresses=" + broker.addresses(),
        "--spring.rabbitmq.virtual-host=" + broker.virtualHost(),
        "--spring.rabbitmq.username=" + broker.username(),
        "--spring.rabbitmq.password=" + broker.password(),
        "--purgeline.object-stores.main.endpoint=" + minio.endpoint(),
        "--purgeline.object-stores.main.access-key=" + minio.accessKey(),
        "--purgeline.object-stores.main.secret-key=" + minio.secretKey(),
        "--purgeline.object-stores.main.buckets=" + bucket,
        "--purgeline.security.users[0].name=" + Api.USER,
        "--purgeline.security.users[0].password={noop}" + Api.PASSWORD,
        "--purgeline.security.users[0].roles=operator",
        "--management.otlp.tracing.export.enabled=false");
  }

  /** The embedded server answers before a commit is on the disk; production does not. */
  private static TestDatabase durable(TestDatabase database) {
    sql(database)
        .sql("alter role %s set synchronous_commit = on".formatted(database.username()))
        .update();
    return database;
  }

  private static JdbcClient sql(TestDatabase database) {
    return JdbcClient.create(database.dataSource());
  }

  @Override
  public void close() {
    worker.close();
    gateway.close();
    s3.close();
    rabbit.close();
    postgres.close();
    minio.close();
  }
}
