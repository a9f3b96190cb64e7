package io.purgeline.worker.purge;

import io.purgeline.deletion.FailureClass;
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

  /** Its place is out of reach: tried again after the delay; counts as no attempt. */
  record Outage(String message, Duration delay) implements Outcome {}

  /** The lease was lost: whoever holds it now goes on, and nothing is recorded. */
  record Abandoned() implements Outcome {}

  /** What went wrong. */
  record Cause(String exception, String message, @Nullable String stack) {

    static Cause of(Throwable thrown) {
      return new Cause(thrown.getClass().getName(), message(thrown), StackTrace.of(thrown));
    }

    private static String message(Throwable thrown) {
      var message = thrown.getMessage();
      return message == null ? thrown.getClass().getSimpleName() : message;
    }
  }
}
