package io.purgeline.benchmarks;

import io.purgeline.testing.Installation;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.RestrictedUser;
import io.purgeline.testing.S3Access;
import io.purgeline.testing.S3Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A gateway and a worker on PostgreSQL, RabbitMQ and MinIO of their own. */
final class BenchInstallation implements AutoCloseable {

  final MinioServer minio;
  final S3Fixture s3;
  final String bucket;
  final Api api;
  final JdbcClient sql;
  final Catalogue catalogue;
  final PurgelineProcess gateway;
  final PurgelineProcess worker;
  private final PostgresServer postgres = PostgresServer.durable();
  private final RabbitServer rabbit = RabbitServer.own();
  private final Installation installation;

  private BenchInstallation(
      MinioServer minio, S3Access access, List<String> workerJvm, List<String> workerSettings)
      throws IOException {
    this.minio = minio;
    var logs = Files.createTempDirectory("purgeline-bench-");
    installation = new Installation(postgres, rabbit, access, logs);
    s3 = installation.s3();
    bucket = installation.bucket();
    sql = JdbcClient.create(installation.database().dataSource());
    gateway = installation.startGateway(List.of(), List.of());
    worker = installation.startWorker(workerJvm, workerSettings);
    installation.awaitHealthy();
    api = new Api(gateway.address());
    catalogue = new Catalogue(api, sql, bucket);
    System.out.println("PostgreSQL " + catalogue.databaseVersion() + ", logs in " + logs);
  }

  /**
   * @param workerJvm options of the worker's JVM
   * @param workerSettings settings of the worker besides where the servers are
   */
  static BenchInstallation start(List<String> workerJvm, List<String> workerSettings)
      throws IOException {
    var minio = MinioServer.own();
    return new BenchInstallation(minio, minio.access(), workerJvm, workerSettings);
  }

  /** The same on this user's server, with a worker that may do what the user may. */
  static BenchInstallation startAs(RestrictedUser user, List<String> workerSettings)
      throws IOException {
    return new BenchInstallation(user.server(), user.access(), List.of(), workerSettings);
  }

  /** Another one on the same server, in a bucket of its own. */
  BenchInstallation beside(List<String> workerSettings) throws IOException {
    return new BenchInstallation(minio, minio.access(), List.of(), workerSettings);
  }

  @Override
  public void close() {
    installation.close();
    rabbit.close();
    postgres.close();
    minio.close();
  }
}
