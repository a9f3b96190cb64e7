package io.purgeline.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL in a scratch folder. Most tests share one and take a database of their own; a
 * test of outages takes its {@linkplain #own() own} server, which keeps data and port over {@link
 * #stop()} and {@link #start()}.
 */
public final class PostgresServer implements AutoCloseable {

  private static final String USER = "postgres";

  private final Path data = Folders.create("purgeline-postgres-");
  private final int port = StablePort.next();
  private final boolean durable;
  private final AtomicInteger databases = new AtomicInteger();
  private @Nullable EmbeddedPostgres running;
  private @Nullable TestDatabase template;

  private PostgresServer(boolean durable) {
    this.durable = durable;
    start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-postgres"));
  }

  /** The server that all tests of this JVM share; do not stop it. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A started server for the caller alone, who closes it. */
  public static PostgresServer own() {
    return new PostgresServer(false);
  }

  /** One for the caller alone that waits for the disk, as in production: the others do not. */
  public static PostgresServer durable() {
    return new PostgresServer(true);
  }

  public int port() {
    return port;
  }

  /** A fresh, empty database. */
  public TestDatabase newDatabase() {
    return create("");
  }

  /** A fresh database with the schema in it: a copy, much faster than migrating again. */
  public synchronized TestDatabase newMigratedDatabase() {
    if (template == null) {
      template = newDatabase().migrate();
    }
    return create(" TEMPLATE " + nameOf(template));
  }

  /** Starts it again on the same data and port; nothing happens if it runs. */
  public synchronized void start() {
    if (running != null) {
      return;
    }
    try {
      running =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setPGStartupWait(Duration.ofMinutes(3))
              .setServerConfig("fsync", durable ? "on" : "off")
              .setServerConfig("synchronous_commit", durable ? "on" : "off")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start in " + data, e);
    }
  }

  /** Stops it at once, cutting every connection; data and port are kept. */
  public synchronized void stop() {
    if (running == null) {
      return;
    }
    try {
      var server = process();
      running.close(); // waits for five seconds at most
      server.ifPresent(process -> process.onExit().join());
      running = null;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop in " + data, e);
    }
  }

  /** Ends it as a power cut would: what was not on the disk is lost; data and port are kept. */
  public synchronized void crash() {
    var server = process().orElseThrow();
    Signals.send("QUIT", server);
    server.onExit().join();
    stop();
  }

  /** The server, if it runs. */
  private Optional<ProcessHandle> process() {
    try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
      return ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("not known whether PostgreSQL runs in " + data, e);
    }
  }

  /** Stops it and removes its data. */
  @Override
  public void close() {
    stop();
    Folders.delete(data);
  }

  private TestDatabase create(String options) {
    var name = "test_" + databases.incrementAndGet();
    try (var connection = database(USER).dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + options);
    } catch (SQLException e) {
      throw new IllegalStateException("no database " + name + " on port " + port, e);
    }
    return database(name);
  }

  private TestDatabase database(String name) {
    return new TestDatabase("jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, USER);
  }

  private static String nameOf(TestDatabase database) {
    return database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
  }

  private static final class Shared {
    static final PostgresServer SERVER = own();
  }
}
