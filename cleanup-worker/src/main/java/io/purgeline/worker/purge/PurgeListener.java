package io.purgeline.worker.purge;

/** Told what happens to purges: the one place where they are measured and logged. */
interface PurgeListener {

  /** A message asked for nothing. */
  void ignored(Claim.Why why);

  /** A slice begins. */
  void started(PurgeTask task);

  /** A slice has ended and its outcome is recorded. */
  void ended(PurgeTask task, Outcome outcome);

  /** Entries were confirmed gone, and this is recorded. */
  void removed(PurgeTask task, long objects, long bytes);
}
