package io.purgeline.worker.purge;

import java.time.Duration;

/** Told what happens to purges: the one place where they are measured and logged. */
interface PurgeListener {

  /** A message asked for nothing. */
  void ignored(Claim.Why why);

  /** A slice begins. */
  void started(PurgeTask task);

  /**
   * A slice has ended and its outcome is recorded.
   *
   * @param worked the time since it was claimed
   */
  void ended(PurgeTask task, Outcome outcome, Duration worked);

  /** Entries were confirmed gone, and this is recorded. */
  void removed(PurgeTask task, long objects, long bytes);
}
