package io.purgeline.worker.purge;

import java.util.function.BooleanSupplier;

/**
 * The time a purge may work before others have their turn.
 *
 * @param lease the right to work at all
 * @param endNanos when the time is used up, by {@link System#nanoTime}
 * @param interrupted whether to hand back early: purging is frozen, or the process is stopping
 */
record Slice(Lease lease, long endNanos, BooleanSupplier interrupted) {

  /** Whether to stop before the next batch or file. */
  boolean isOver() {
    return isUsedUp() || isInterrupted() || !lease.isHeld();
  }

  /** Whether to hand back early: what fails now may have been given up for that. */
  boolean isInterrupted() {
    return interrupted.getAsBoolean();
  }

  private boolean isUsedUp() {
    return System.nanoTime() - endNanos >= 0;
  }

  /**
   * To be called right before anything that cannot be undone.
   *
   * @throws LeaseLostException if the task is somebody else's
   * @throws SliceInterruptedException if purging is frozen or the process is stopping
   */
  void requireGoingOn() {
    lease.requireHeld();
    if (isInterrupted()) {
      throw new SliceInterruptedException();
    }
  }

  /**
   * The same for what had to wait for its turn: nothing that waits may outlast the slice.
   *
   * @throws SliceInterruptedException also if the time is used up
   */
  void requireTime() {
    requireGoingOn();
    if (isUsedUp()) {
      throw new SliceInterruptedException();
    }
  }
}
