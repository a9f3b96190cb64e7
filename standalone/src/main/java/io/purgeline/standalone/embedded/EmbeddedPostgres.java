package io.purgeline.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL on a folder that survives it. What was committed is on disk before the commit returns,
 * so neither {@code kill -9} of this JVM nor a power cut loses it.
 */
final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String USER = "postgres";
  private static final Duration START = Duration.ofSeconds(60);

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final Path data;

  private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path data) {
    this.server = server;
    this.data = data;
  }

  /** Starts on what the folder holds, after stopping a server left over there. */
  static EmbeddedPostgres start(DataFolder folder, int port) {
    var data = data(folder);
    stopLeftOver(folder);
    setAsideUnfinished(data);
    try {
      var started = new EmbeddedPostgres(launch(folder, data, port), data);
      Files.writeString(finished(data), "");
      return started;
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException(
          "PostgreSQL does not start; " + folder.resolve("postgres.log") + " says why", e);
    }
  }

  DatabaseAccess access() {
    return new DatabaseAccess(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + USER, USER, USER);
  }

  @Override
  public void close() {
    var process = PostgresProcess.in(data);
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be stopped", e);
    }
    // The library gives up after five seconds, which a large last checkpoint may outlast.
    process.ifPresent(PostgresProcess::stop);
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres launch(
      DataFolder folder, Path data, int port) throws IOException {
    var log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
    return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false) // true would delete the data on close, too
        .setOverrideWorkingDirectory(Cache.folder("postgres").toFile())
        .setRegisterShutdownHook(false) // it would stop the server before those who use it
        .setPGStartupWait(START)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .setOutputRedirector(log)
        .setErrorRedirector(log)
        .start();
  }

  /** Stops a server that an earlier process left over in the folder. */
  static void stopLeftOver(DataFolder folder) {
    PostgresProcess.in(data(folder))
        .ifPresent(process -> {
          LOG.warn("Stopping the PostgreSQL that an earlier run left in {}", folder.path());
          process.stop();
        });
  }

  private static Path data(DataFolder folder) {
    return folder.resolve("postgres");
  }

  /** A folder whose first start was cut off is no database; it is kept, under another name. */
  private static void setAsideUnfinished(Path data) {
    if (!Files.exists(data) || Files.exists(finished(data))) {
      return;
    }
    var aside = data.resolveSibling("postgres.unfinished-" + Instant.now().toEpochMilli());
    LOG.warn("{} was never finished; moving it to {}", data, aside);
    try {
      Files.move(data, aside);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + data + " aside", e);
    }
  }

  private static Path finished(Path data) {
    return data.resolve("purgeline.finished");
  }
}
