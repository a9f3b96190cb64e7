package io.purgeline.worker.place;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Spreads removals over time, evenly, for all purges of a store together. */
final class RateLimit {

  private final double nanosPerObject;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition never = lock.newCondition();
  private long freeAtNanos = System.nanoTime();

  /**
   * A limit.
   *
   * @param objectsPerSecond 0 for none
   */
  RateLimit(long objectsPerSecond) {
    this.nanosPerObject =
        objectsPerSecond == 0 ? 0 : (double) TimeUnit.SECONDS.toNanos(1) / objectsPerSecond;
  }

  /** Waits until so many objects may go. */
  void acquire(int objects) {
    if (nanosPerObject == 0) {
      return;
    }
    lock.lock();
    try {
      var now = System.nanoTime();
      var start = Math.max(now, freeAtNanos);
      freeAtNanos = start + Math.round(objects * nanosPerObject);
      var wait = start - now;
      while (wait > 0) {
        wait = never.awaitNanos(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
