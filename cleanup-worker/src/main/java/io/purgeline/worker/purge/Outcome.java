package io.purgeline.worker.purge;

import io.purgeline.deletion.FailureClass;
import io.purgeline.worker.store.RefusedException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What comes of one slice, and so what happens next. */
sealed interface Outcome {

  /** A fresh look found nothing left. */
  record Purged(boolean uploadsVerified) implements Outcome {}

  /** There is more to do: the next slice comes through the outbox after the delay. */
  record Continue(Duration delay) implements Outcome {}

  /**
   * Empty for now, but somebody may still be writing: it must stay so for a whole settling time.
   */
  record Settling(Duration settleTime) implements Outcome {}

  /**
   * All that may go is gone; the rest is locked.
   *
   * @param until when a lock ends first, or a hold is looked at again; null where that is not known
   */
  record Retained(@Nullable Instant until, boolean uploadsVerified) implements Outcome {}

  /** Something of its own failed: tried again with growing delays, then dead. */
  record Failed(FailureClass failureClass, Cause cause) implements Outcome {}

  /**
   * Its place is out of reach or asks for less: tried again after the delay; counts as no attempt.
   */
  record Outage(String message, Duration delay) implements Outcome {}

  /** The lease was lost: whoever holds it now goes on, and nothing is recorded. */
  record Abandoned() implements Outcome {}

  /**
   * What went wrong.
   *
   * @param code the store's own code, where it said no to what it was asked to remove
   */
  record Cause(String exception, String message, @Nullable String code, @Nullable String stack) {

    static Cause of(Throwable thrown) {
      var code = thrown instanceof RefusedException refused ? refused.failure().code() : null;
      return new Cause(thrown.getClass().getName(), message(thrown), code, StackTrace.of(thrown));
    }

    /** The pass went through, but some keys or paths could not be removed. */
    static Cause of(TaskFailures.Summary failures) {
      var message = "not removed: " + String.join(", ", failures.first());
      return new Cause("ItemFailure", message, failures.commonestCode(), null);
    }

    private static String message(Throwable thrown) {
      var message = thrown.getMessage();
      return message == null ? thrown.getClass().getSimpleName() : message;
    }
  }
}
