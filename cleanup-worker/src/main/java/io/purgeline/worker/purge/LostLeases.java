package io.purgeline.worker.purge;

import java.time.Duration;
import java.util.Collections;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes tasks back from workers that are gone. */
final class LostLeases {

  private final JdbcClient jdbc;
  private final LostTasks tasks;
  private final Recovery recovery;
  private final Duration requestTimeout;

  /**
   * @param requestTimeout how long a request of a lost worker may be under way at most
   */
  LostLeases(JdbcClient jdbc, LostTasks tasks, Recovery recovery, Duration requestTimeout) {
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.recovery = recovery;
    this.requestTimeout = requestTimeout;
  }

  /** A batch of them. */
  Recovered recover() {
    var fates = tasks.takeUp(LostTasks.WITHOUT_WORKER, this::recover);
    return new Recovered(
        Collections.frequency(fates, Fate.REQUESTED), Collections.frequency(fates, Fate.DEAD));
  }

  private Fate recover(LostTask task) {
    var failure = recovery.note(task, Loss.WORKER, task.barrenClaims());
    quarantine(task); // first: what comes next clears the end of the lease
    if (Recovery.isHopeless(task, task.barrenClaims(), failure)) {
      recovery.bury(task, failure, null);
      return Fate.DEAD;
    }
    recovery.requestBehindOthers(task);
    return Fate.REQUESTED;
  }

  /** What the lost worker sent last may still be carried out, for as long as a request may take. */
  private void quarantine(LostTask task) {
    jdbc.sql(
            """
            update purge_task
            set quarantine_until = greatest(
                  quarantine_until,
                  greatest(lease_until, clock_timestamp()) + make_interval(secs => :timeout))
            where id = :id
            """)
        .param("timeout", requestTimeout.toMillis() / 1000.0)
        .param("id", task.id())
        .update();
  }

  private enum Fate {
    REQUESTED,
    DEAD
  }

  /**
   * What came of a batch.
   *
   * @param requested asked for again
   * @param dead given up
   */
  record Recovered(int requested, int dead) {}
}
