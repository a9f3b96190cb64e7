package io.purgeline.worker.purge;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What becomes of a task that was lost: a new message under the next generation, which makes every
 * older one void, or its end. Part of the transaction that has the task locked.
 */
final class Recovery {

  /** So many workers in a row may die over a task without having got anywhere. */
  private static final int MOST_BARREN_CLAIMS = 5;

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

  /** Keeps how it was lost, before anything else changes it. */
  Failure note(LostTask task, Loss loss, int barrenClaims) {
    var failure = Failure.of(loss, barrenClaims, task.queue());
    deadLetters.noteLoss(task, failure);
    return failure;
  }

  /**
   * Whether the task itself is to blame. One that was replayed after it had been lost like this
   * need not cost five workers more.
   */
  static boolean isHopeless(LostTask task, int barrenClaims, Failure failure) {
    return barrenClaims >= MOST_BARREN_CLAIMS
        || (barrenClaims > 0 && failure.group().equals(task.replayOf()));
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

  /**
   * Gives it up, as one that kills its workers.
   *
   * @param message what the broker gave up, if that was it
   */
  void bury(LostTask task, Failure failure, @Nullable RawMessage message) {
    jdbc.sql(
            """
            update purge_task set state = 'DEAD', lease_owner = null, lease_until = null, uploads_verified = null,
              last_error_class = 'CRASH_LOOP', last_error_message = :message,
              last_error_at = clock_timestamp()
            where id = :id
            """)
        .param("message", failure.cause().message())
        .param("id", task.id())
        .update();
    deadLetters.open(task, failure, message);
    progress.tasksWorkedOn(List.of(task.deletionId()));
  }
}
