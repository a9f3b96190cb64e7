package io.purgeline.worker.purge;

import io.purgeline.config.RetryProperties;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.FailureClass;
import io.purgeline.worker.purge.Outcome.Abandoned;
import io.purgeline.worker.purge.Outcome.Cause;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Outage;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.purge.Outcome.Retained;
import io.purgeline.worker.purge.Outcome.Settling;
import io.purgeline.worker.store.ItemFailure;
import java.time.Duration;
import java.util.List;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns an outcome into what happens next, in one transaction: state, counts, next message or dead
 * letter, and the deletion.
 */
final class Conclusion {

  /** Errors of the program are not tried as often as errors of the world. */
  private static final int MOST_BUGS = 5;

  /** Where no lock tells its end. */
  private static final Duration RETAINED_INTERVAL = Duration.ofDays(1);

  private final TransactionOperations transactions;
  private final TaskRow row;
  private final NextMessage next;
  private final DeadLetters deadLetters;
  private final DeletionProgress progress;
  private final RetryProperties retry;

  Conclusion(
      TransactionOperations transactions,
      TaskRow row,
      NextMessage next,
      DeadLetters deadLetters,
      DeletionProgress progress,
      RetryProperties retry) {
    this.transactions = transactions;
    this.row = row;
    this.next = next;
    this.deadLetters = deadLetters;
    this.progress = progress;
    this.retry = retry;
  }

  /**
   * Records the outcome and gives the lease back.
   *
   * @throws LeaseLostException if the task is somebody else's by now
   */
  void record(PurgeTask task, Lease lease, Outcome outcome) {
    transactions.executeWithoutResult(tx -> {
      var asBefore = outcome instanceof Retained && row.hasBeenVerified(lease);
      conclude(task, lease, outcome);
      if (asBefore) {
        progress.refresh(task.deletionId()); // it had come to its end, and was looked at again
      } else {
        progress.tasksWorkedOn(List.of(task.deletionId()));
      }
    });
  }

  /**
   * The place as a whole was refused.
   *
   * @throws LeaseLostException if the task is somebody else's by now
   */
  void recordRefusal(Lease lease, ItemFailure failure) {
    transactions.executeWithoutResult(tx -> {
      row.touch(lease);
      row.failures().add(lease, List.of(failure));
    });
  }

  private void conclude(PurgeTask task, Lease lease, Outcome outcome) {
    switch (outcome) {
      case Purged(var uploads) -> finish(lease, uploads);
      case Continue(var delay) -> later(task, lease, "state = 'WAITING', barren_claims = 0", delay);
      case Settling(var time) -> settle(task, lease, time);
      case Retained retained -> retain(task, lease, retained);
      case Outage(var message, var delay) -> outage(task, lease, message, delay);
      case Failed(var failureClass, var cause) -> fail(task, lease, failureClass, cause);
      case Abandoned() -> throw new LeaseLostException(lease.taskId());
    }
  }

  private void finish(Lease lease, boolean uploadsVerified) {
    TaskRow.execute(
        lease,
        row.guarded(
                lease,
                """
                state = 'DONE', lease_owner = null, lease_until = null, uploads_verified = :uploads,
                barren_claims = 0, attempts = 0, finished_at = clock_timestamp(), next_attempt_at = null
                """)
            .param("uploads", uploadsVerified));
    deadLetters.resolve(lease.taskId());
  }

  private void settle(PurgeTask task, Lease lease, Duration time) {
    var set =
        "state = 'WAITING', barren_claims = 0, attempts = 0,"
            + " settle_until = clock_timestamp() + make_interval(secs => "
            + time.toMillis() / 1000.0
            + ")";
    later(task, lease, set, time);
  }

  private void retain(PurgeTask task, Lease lease, Retained retained) {
    var now = task.timing().claimedAt();
    var until = retained.until();
    var delay =
        until == null || until.isAfter(now.plus(Duration.ofDays(3650)))
            ? RETAINED_INTERVAL
            : Duration.between(now, until).plusSeconds(1);
    var set =
        "state = 'RETAINED', barren_claims = 0, attempts = 0, uploads_verified = "
            + retained.uploadsVerified();
    later(task, lease, set, delay.isNegative() ? Duration.ofSeconds(1) : delay);
    deadLetters.resolve(lease.taskId());
  }

  private void outage(PurgeTask task, Lease lease, String message, Duration delay) {
    noteError(lease, FailureClass.OUTAGE, message);
    later(task, lease, "state = 'WAITING', barren_claims = 0", delay);
  }

  private void fail(PurgeTask task, Lease lease, FailureClass failureClass, Cause cause) {
    noteError(lease, failureClass, cause.message());
    var failure = Failure.of(failureClass, cause, task.queue());
    deadLetters.noteAttempt(lease, failure);
    var attempts = row.attempts(lease) + 1;
    if (attempts >= mostAttempts(failureClass) || failure.group().equals(task.replayOf())) {
      giveUp(lease, failure);
    } else {
      var set = "state = 'WAITING', barren_claims = 0, attempts = attempts + 1";
      later(task, lease, set, Backoff.delay(retry, attempts));
    }
  }

  private int mostAttempts(FailureClass failureClass) {
    return failureClass == FailureClass.BUG
        ? Math.min(MOST_BUGS, retry.maxAttempts())
        : retry.maxAttempts();
  }

  private void giveUp(Lease lease, Failure failure) {
    TaskRow.execute(
        lease,
        row.guarded(
            lease,
            """
            state = 'DEAD', attempts = attempts + 1, barren_claims = 0, lease_owner = null,
            lease_until = null, next_attempt_at = null, uploads_verified = null
            """));
    deadLetters.open(lease.taskId(), failure);
  }

  private void noteError(Lease lease, FailureClass failureClass, String message) {
    TaskRow.execute(
        lease,
        row.guarded(
                lease,
                """
                last_error_class = :class, last_error_message = :message, last_error_at = clock_timestamp()
                """)
            .param("class", failureClass.name())
            .param("message", DeadLetters.text(message)));
  }

  /**
   * Gives the lease back and writes the message that will take the task up again, under the next
   * generation.
   */
  private void later(PurgeTask task, Lease lease, String set, Duration delay) {
    TaskRow.execute(
        lease,
        row.guarded(
                lease,
                set
                    + """
                    , generation = generation + 1, lease_owner = null, lease_until = null, dispatched_at = null,
                    next_attempt_at = clock_timestamp() + make_interval(secs => :delay)
                    """)
            .param("delay", delay.toMillis() / 1000.0));
    next.request(task, lease.generation() + 1, delay);
  }
}
