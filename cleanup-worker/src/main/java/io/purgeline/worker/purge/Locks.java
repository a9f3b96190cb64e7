package io.purgeline.worker.purge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps versions from going.
 *
 * @param firstEnd when the first lock with a date ends, null if there is none
 * @param held whether there is one without a date, a legal hold
 */
record Locks(@Nullable Instant firstEnd, boolean held) {

  static final Locks NONE = new Locks(null, false);

  /** With one more: a date, or null for a hold. */
  Locks plus(@Nullable Instant end) {
    if (end == null) {
      return new Locks(firstEnd, true);
    }
    return firstEnd == null || end.isBefore(firstEnd) ? new Locks(end, held) : this;
  }
}
