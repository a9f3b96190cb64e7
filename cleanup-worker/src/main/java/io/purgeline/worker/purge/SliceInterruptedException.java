package io.purgeline.worker.purge;

/**
 * Purging was frozen, the process is stopping, or the time of the slice is used up: what has not
 * been sent is left for a later slice. No failure.
 */
final class SliceInterruptedException extends RuntimeException {

  SliceInterruptedException() {
    super("the slice was interrupted");
  }
}
