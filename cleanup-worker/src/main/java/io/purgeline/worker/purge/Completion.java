package io.purgeline.worker.purge;

import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.purge.Outcome.Settling;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Whether a place that was just seen empty may be called purged. */
final class Completion {

  private final Supplier<Instant> databaseClock;
  private final Duration settleTime;

  Completion(Supplier<Instant> databaseClock, Duration settleTime) {
    this.databaseClock = databaseClock;
    this.settleTime = settleTime;
  }

  /**
   * Decides for a place that a fresh look found empty.
   *
   * @param arrived whether anything was met in this slice that somebody wrote, so that a settling
   *     time begins anew
   */
  Outcome ofEmpty(PurgeTask task, boolean arrived, boolean uploadsVerified) {
    var now = databaseClock.get();
    var quarantine = task.timing().quarantineUntil();
    if (quarantine != null && now.isBefore(quarantine)) {
      // A lost worker's last request may still be carried out: the place is given back after that.
      return new Continue(Duration.between(now, quarantine).plusMillis(100));
    }
    if (task.settle() && !settleTime.isZero()) {
      var until = task.timing().settleUntil();
      if (until == null || arrived) {
        return new Settling(settleTime);
      }
      if (now.isBefore(until)) {
        return new Continue(Duration.between(now, until).plusMillis(100));
      }
    }
    return new Purged(uploadsVerified);
  }
}
