package io.purgeline.deletion;

/** Where a deletion stands. Only a verified empty location is ever {@link #PURGED}. */
public enum DeletionState {
  /** Restorable until its purge begins. */
  SCHEDULED,
  /** A task is unfinished. */
  PURGING,
  /** All that may go is gone; the rest waits for a lock to end. */
  RETAINED,
  /** Every location was seen empty. */
  PURGED,
  /** A task gave up; a person must look. */
  DEAD,
  /** An operator accepted that something stays. */
  INCOMPLETE,
  /** Taken back before its purge began. */
  RESTORED;

  /** Whether somebody who waits for this deletion need not wait any longer. */
  public boolean isFinal() {
    return switch (this) {
      case PURGED, DEAD, INCOMPLETE, RETAINED, RESTORED -> true;
      case SCHEDULED, PURGING -> false;
    };
  }
}
