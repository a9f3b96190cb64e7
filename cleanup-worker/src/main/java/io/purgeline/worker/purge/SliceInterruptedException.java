package io.purgeline.worker.purge;

/**
 * Purging was frozen, or the process is stopping: what has not been sent is left for a later slice.
 * No failure.
 */
final class SliceInterruptedException extends RuntimeException {

  SliceInterruptedException() {
    super("the slice was interrupted");
  }
}
