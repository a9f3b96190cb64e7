package io.purgeline.standalone.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts the servers in a JVM that a test kills: prints the database's address, then waits. */
final class EmbeddedServersMain {

  private EmbeddedServersMain() {}

  public static void main(String[] args) throws InterruptedException {
    var servers = EmbeddedServers.start(Path.of(args[0]));
    System.out.println(servers.database().jdbcUrl());
    new CountDownLatch(1).await();
  }
}
