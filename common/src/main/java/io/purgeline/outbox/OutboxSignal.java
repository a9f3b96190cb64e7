package io.purgeline.outbox;

import io.purgeline.database.AfterCommit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wakes every relay soon after a commit that wrote messages. The notification is a statement of its
 * own: inside the transaction it would make all commits queue for one lock. Bursts become one
 * notification. A lost one costs a poll interval, nothing else.
 */
public final class OutboxSignal implements AutoCloseable {

  /** The channel relays listen on. */
  static final String CHANNEL = "purgeline_outbox";

  private static final Logger log = LoggerFactory.getLogger(OutboxSignal.class);

  private final JdbcClient jdbc;
  private final AtomicBoolean pending = new AtomicBoolean();
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("outbox-signal").daemon().factory());

  public OutboxSignal(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Notifies once the current transaction has committed. */
  void afterCommit() {
    AfterCommit.run(this::notifySoon);
  }

  private void notifySoon() {
    if (pending.compareAndSet(false, true)) {
      try {
        sender.execute(this::send);
      } catch (RejectedExecutionException closing) {
        log.debug("not notified: shutting down; the poll of another relay finds the rows");
      }
    }
  }

  private void send() {
    pending.set(false); // before sending: what commits from here on asks for another one
    try {
      jdbc.sql("select pg_notify('" + CHANNEL + "', '')").query().singleRow();
    } catch (DataAccessException e) {
      log.debug("not notified; the poll finds the rows", e);
    }
  }

  @Override
  public void close() {
    sender.shutdown();
  }
}
