package io.purgeline.worker.place;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Spreads removals over time, evenly, for all purges of a store together. */
final class RateLimit {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

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

  /**
   * Waits until so many objects may go.
   *
   * @param stillWanted asked again and again; what it throws ends the wait and gives the turn back
   */
  void acquire(int objects, Runnable stillWanted) {
    if (nanosPerObject == 0) {
      return;
    }
    var startNanos = reserve(objects);
    try {
      await(startNanos, stillWanted);
      stillWanted.run(); // a turn that comes too late is somebody else's
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      giveBack(objects);
      throw e;
    }
  }

  /** Lets others have a turn of which nothing came. */
  void giveBack(int objects) {
    reserve(-objects);
  }

  private long reserve(int objects) {
    lock.lock();
    try {
      var start = Math.max(System.nanoTime(), freeAtNanos);
      freeAtNanos = start + Math.round(objects * nanosPerObject);
      return start;
    } finally {
      lock.unlock();
    }
  }

  private void await(long startNanos, Runnable stillWanted) throws InterruptedException {
    for (var left = startNanos - System.nanoTime();
        left > 0;
        left = startNanos - System.nanoTime()) {
      stillWanted.run();
      pause(Math.min(left, LOOK_NANOS));
    }
  }

  private void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      var unused = never.awaitNanos(nanos);
    } finally {
      lock.unlock();
    }
  }
}
