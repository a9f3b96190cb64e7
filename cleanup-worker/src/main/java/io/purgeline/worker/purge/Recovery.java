package io.purgeline.worker.purge;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.FailureClass;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import io.purgeline.worker.purge.Outcome.Cause;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What becomes of a task that was lost: a new message under the next generation, which makes every
 * older one void, or its end. Part of the transaction that has the task locked.
 */
final class Recovery {

  /** So many workers in a row may die over a task without having got anywhere. */
  private static final int MOST_BARREN_CLAIMS = 5;

  private static final String CRASH_LOOP =
      MOST_BARREN_CLAIMS + " workers in a row were lost over this task without any progress";

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final DeadLetters deadLetters;
  private final DeletionProgress progress;

  Recovery(JdbcClient jdbc, Outbox outbox, DeadLetters deadLetters, DeletionProgress progress) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.deadLetters = deadLetters;
    this.progress = progress;
  }

  /** Whether the task itself is to blame. */
  static boolean isHopeless(int barrenClaims) {
    return barrenClaims >= MOST_BARREN_CLAIMS;
  }

  /** Asks for it again, behind the small ones. */
  void requestBehindOthers(LostTask task) {
    request(task, new WorkQueue(task.queue()).large());
  }

  void request(LostTask task, WorkQueue queue) {
    jdbc.sql(
            """
            update purge_task
            set generation = generation + 1, dispatched_at = null, lease_owner = null, lease_until = null,
                state = case state when 'RUNNING' then 'WAITING' else state end
            where id = :id
            """)
        .param("id", task.id())
        .update();
    outbox.request(queue, task.message(), Duration.ZERO, task.traceparent());
  }

  /** Gives it up, as one that kills its workers. */
  void bury(LostTask task) {
    jdbc.sql(
            """
            update purge_task set state = 'DEAD', lease_owner = null, lease_until = null,
              last_error_class = 'CRASH_LOOP', last_error_message = :message,
              last_error_at = clock_timestamp()
            where id = :id
            """)
        .param("message", CRASH_LOOP)
        .param("id", task.id())
        .update();
    var cause = new Cause("CrashLoop", CRASH_LOOP, null);
    deadLetters.open(task.id(), FailureClass.CRASH_LOOP, cause, Fingerprint.of(cause, List.of()));
    progress.refresh(task.deletionId());
  }
}
