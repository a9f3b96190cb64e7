package io.purgeline.standalone.embedded;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Purgeline needs around it, on one data folder: close it and start it again, or
 * kill the JVM and start it again, and it goes on with the same database and the same objects.
 *
 * <p>Whoever uses the servers must be closed before them; no shutdown hook is registered. After a
 * {@code kill -9} PostgreSQL is left running: the next start on the folder stops it first.
 */
public final class EmbeddedServers implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DataFolder folder;
  private final DatabaseAccess database;
  private final BrokerAccess broker;
  private final ObjectStoreAccess objectStore;
  private boolean started;

  private EmbeddedServers(DataFolder folder, EmbeddedSettings settings, boolean scratch) {
    this.folder = open(folder);
    if (scratch) {
      open(this::clear);
    }
    try {
      database = open(EmbeddedPostgres.start(folder, settings.postgresPort())).access();
      broker = open(EmbeddedBroker.start(folder.resolve("broker"), settings.brokerPort())).access();
      objectStore =
          open(EmbeddedObjectStore.start(
                  folder.resolve("objects"), settings.buckets(), settings.objectPort()))
              .access();
      started = true;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts everything on free ports. Throws if another process holds the folder. */
  public static EmbeddedServers start(Path data) {
    return start(EmbeddedSettings.in(data));
  }

  /** Starts everything; what had started is stopped again if one server fails. */
  public static EmbeddedServers start(EmbeddedSettings settings) {
    return new EmbeddedServers(DataFolder.hold(settings.data()), settings, false);
  }

  /**
   * Starts everything without any data, and removes it at the end. A process that was killed cannot
   * do so; what it left running and on disk is removed here.
   */
  public static EmbeddedServers startFromScratch() {
    return startFromScratch(Cache.folder("demo"));
  }

  static EmbeddedServers startFromScratch(Path parent) {
    var folder = ScratchFolders.hold(parent);
    return new EmbeddedServers(folder, EmbeddedSettings.in(folder.path()), true);
  }

  /** Where everything is kept. */
  public Path data() {
    return folder.path();
  }

  public DatabaseAccess database() {
    return database;
  }

  public BrokerAccess broker() {
    return broker;
  }

  public ObjectStoreAccess objectStore() {
    return objectStore;
  }

  /** Stops the servers, the last one started first; closing again does nothing. */
  @Override
  public void close() {
    @Nullable RuntimeException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failure = collect(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private <T extends AutoCloseable> T open(T server) {
    opened.push(server);
    return server;
  }

  /** After a start that failed, what the servers said about it stays. */
  private void clear() {
    if (started) {
      folder.clear();
    }
  }

  // One server that does not stop must not keep the others running.
  private static RuntimeException collect(@Nullable RuntimeException first, Exception next) {
    var failure = first != null ? first : new IllegalStateException("servers did not stop", next);
    if (first != null) {
      failure.addSuppressed(next);
    }
    return failure;
  }
}
