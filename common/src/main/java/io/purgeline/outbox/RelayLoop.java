package io.purgeline.outbox;

import io.purgeline.config.RelayProperties;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the relay: at once when a commit was announced, otherwise at every poll interval, and with
 * growing, bounded pauses while the broker is down.
 */
public final class RelayLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RelayLoop.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final OutboxRelay relay;
  private final DataSource dataSource;
  private final RelayProperties settings;
  private final RelayListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private @Nullable Thread thread;
  private volatile boolean running;

  RelayLoop(
      OutboxRelay relay, DataSource dataSource, RelayProperties settings, RelayListener listener) {
    this.relay = relay;
    this.dataSource = dataSource;
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("outbox-relay").start(this::loop);
  }

  private void loop() {
    var pause = Duration.ZERO;
    while (running) {
      pause = listen(pause);
      sleep(pause);
    }
  }

  /**
   * Works on one listening connection until it breaks or the broker does; answers how long to pause
   * then.
   */
  private Duration listen(Duration lastPause) {
    var pause = lastPause;
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(true);
      try (var statement = connection.createStatement()) {
        statement.execute("listen " + OutboxSignal.CHANNEL);
      }
      while (running) {
        drain();
        pause = Duration.ZERO;
        awaitNotification(connection);
      }
      return Duration.ZERO;
    } catch (SQLException | RuntimeException e) {
      if (running) {
        report(e);
      }
      return longer(pause);
    }
  }

  private void drain() {
    RelayReport report;
    do {
      report = relay.runOnce();
      if (report.total() > 0) {
        listener.ran(report);
        log.debug("relayed {}", report);
      }
    } while (running && report.confirmed() > 0);
  }

  private void awaitNotification(Connection connection) throws SQLException {
    connection
        .unwrap(PGConnection.class)
        .getNotifications(Math.max(1, (int) settings.pollInterval().toMillis()));
  }

  private void report(Exception e) {
    log.warn("the relay pauses: {}", e.toString());
    log.debug("cause", e);
    listener.failed(e instanceof RuntimeException known ? known : new IllegalStateException(e));
  }

  private Duration longer(Duration pause) {
    var next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    return next.compareTo(settings.maxPause()) > 0 ? settings.maxPause() : next;
  }

  private void sleep(Duration pause) {
    lock.lock();
    try {
      if (running && pause.isPositive()) {
        var unused = stopping.awaitNanos(pause.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    running = false;
    lock.lock();
    try {
      stopping.signalAll();
    } finally {
      lock.unlock();
    }
    var current = thread;
    if (current != null) {
      try {
        current.join(settings.pollInterval().plus(settings.confirmTimeout()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
