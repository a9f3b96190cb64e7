package io.purgeline.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
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
  private final AtomicInteger databases = new AtomicInteger();
  private @Nullable EmbeddedPostgres running;
  private @Nullable TestDatabase template;

  private PostgresServer() {
    start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-postgres"));
  }

  /** The server that all tests of this JVM share; do not stop it. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A started server for the caller alone, who closes it. */
  public static PostgresServer own() {
    return new PostgresServer();
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
      running.close();
      running = null;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop in " + data, e);
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
