package io.purgeline.worker.testing;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.RabbitServer;

/** The servers a pipeline runs on. */
public record Servers(PostgresServer postgres, RabbitServer rabbit, MinioServer minio) {

  /** Those that all tests of this JVM share; not to be stopped. */
  public static Servers shared() {
    return new Servers(PostgresServer.shared(), RabbitServer.shared(), MinioServer.shared());
  }

  public Servers with(MinioServer other) {
    return new Servers(postgres, rabbit, other);
  }

  public Servers with(RabbitServer other) {
    return new Servers(postgres, other, minio);
  }

  public Servers with(PostgresServer other) {
    return new Servers(other, rabbit, minio);
  }
}
