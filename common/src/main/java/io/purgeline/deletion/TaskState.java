package io.purgeline.deletion;

/** Where a purge task stands. */
public enum TaskState {
  /** Its message is in the outbox or on its way. */
  PENDING,
  /** A worker holds its lease. */
  RUNNING,
  /** A later message will take it up: the next slice, a retry, a settling time. */
  WAITING,
  /** Emptied but for locked versions; taken up again when their lock ends. */
  RETAINED,
  /** Verified empty. */
  DONE,
  /** Gave up; see its dead letter. */
  DEAD,
  /** An operator accepted what stays. */
  DISCARDED
}
