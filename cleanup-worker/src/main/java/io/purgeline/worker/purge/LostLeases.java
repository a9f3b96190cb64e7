package io.purgeline.worker.purge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Takes tasks back from workers that are gone. */
final class LostLeases {

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final LostTasks tasks;
  private final Recovery recovery;
  private final Duration requestTimeout;

  /**
   * @param requestTimeout how long a request of a lost worker may be under way at most
   */
  LostLeases(
      TransactionOperations transactions,
      JdbcClient jdbc,
      LostTasks tasks,
      Recovery recovery,
      Duration requestTimeout) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.recovery = recovery;
    this.requestTimeout = requestTimeout;
  }

  /** A batch of them, in one transaction. */
  Recovered recover() {
    return Objects.requireNonNull(transactions.execute(tx -> recoverBatch()));
  }

  private Recovered recoverBatch() {
    var lost = tasks.withoutWorker();
    var dead = new ArrayList<LostTask>();
    for (var task : lost) {
      var failure = recovery.note(task, Loss.WORKER, task.barrenClaims());
      if (Recovery.isHopeless(task, task.barrenClaims(), failure)) {
        recovery.bury(task, failure, null);
        dead.add(task);
      } else {
        quarantine(task); // first: the request clears the end of the lease
        recovery.requestBehindOthers(task);
      }
    }
    recovery.moveDeletionsOf(dead);
    return new Recovered(lost.size() - dead.size(), dead.size());
  }

  /** What the lost worker sent last may still be carried out, for as long as a request may take. */
  private void quarantine(LostTask task) {
    jdbc.sql(
            """
            update purge_task
            set quarantine_until = lease_until + make_interval(secs => :timeout)
            where id = :id
            """)
        .param("timeout", requestTimeout.toMillis() / 1000.0)
        .param("id", task.id())
        .update();
  }

  /**
   * What came of a batch.
   *
   * @param requested asked for again
   * @param dead given up
   */
  record Recovered(int requested, int dead) {}
}
