package io.purgeline.benchmarks;

import io.purgeline.testing.Installation;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A gateway and a worker on PostgreSQL, RabbitMQ and MinIO of their own. */
final class BenchInstallation implements AutoCloseable {

  final MinioServer minio = MinioServer.own();
  final S3Fixture s3;
  final String bucket;
  final Catalogue catalogue;
  final PurgelineProcess worker;
  private final PostgresServer postgres = PostgresServer.own();
  private final RabbitServer rabbit = RabbitServer.own();
  private final Installation installation;

  private BenchInstallation(List<String> workerJvm, List<String> workerSettings)
      throws IOException {
    var logs = Files.createTempDirectory("purgeline-bench-");
    installation = new Installation(postgres, rabbit, minio.access(), logs);
    s3 = installation.s3();
    bucket = installation.bucket();
    var sql = durable(installation.database());
    var gateway = installation.startGateway(List.of(), List.of());
    worker = installation.startWorker(workerJvm, workerSettings);
    installation.awaitHealthy();
    catalogue = new Catalogue(new Api(gateway.address()), sql, bucket);
    System.out.println("PostgreSQL " + catalogue.databaseVersion() + ", logs in " + logs);
  }

  /**
   * @param workerJvm options of the worker's JVM
   * @param workerSettings settings of the worker besides where the servers are
   */
  static BenchInstallation start(List<String> workerJvm, List<String> workerSettings)
      throws IOException {
    return new BenchInstallation(workerJvm, workerSettings);
  }

  /** The embedded server answers before a commit is on the disk; production does not. */
  private static JdbcClient durable(TestDatabase database) {
    var sql = JdbcClient.create(database.dataSource());
    sql.sql("alter role %s set synchronous_commit = on".formatted(database.username())).update();
    return sql;
  }

  @Override
  public void close() {
    installation.close();
    rabbit.close();
    postgres.close();
    minio.close();
  }
}
