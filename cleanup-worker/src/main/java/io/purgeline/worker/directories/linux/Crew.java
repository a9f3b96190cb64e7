package io.purgeline.worker.directories.linux;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that help with walks, shared by all walks of one store. Nothing waits for a thread:
 * work that finds none free is done by the thread that offered it, so that every walk goes on and
 * the small one is not queued behind the giant. Platform threads, because a system call holds on to
 * the carrier of a virtual one.
 */
final class Crew implements AutoCloseable {

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Seats seats;
  private final ExecutorService threads;

  /** The number of threads that one walk may use, its caller's included. */
  Crew(int parallelism) {
    if (parallelism < 1 || parallelism > 256) {
      throw new IllegalArgumentException("The parallelism must be 1 to 256, not " + parallelism);
    }
    this.seats = new Seats(parallelism - 1);
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // the seats are the bound
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("directory-walk-", 1).daemon().factory());
  }

  boolean hasFreeSeat() {
    return seats.availablePermits() > 0;
  }

  /** Runs the work on another thread now, or returns false. */
  boolean tryRun(Runnable work) {
    if (!seats.tryAcquire()) {
      return false;
    }
    try {
      threads.execute(() -> {
        try {
          work.run();
        } finally {
          seats.release();
        }
      });
      return true;
    } catch (RejectedExecutionException closed) {
      seats.release();
      return false;
    }
  }

  /** While the caller only waits for others, one of them may use its share of the machine. */
  void lendSeatWhile(Runnable waiting) {
    seats.release();
    try {
      waiting.run();
    } finally {
      seats.takeBack();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private static final class Seats extends Semaphore {

    private static final long serialVersionUID = 1L;

    Seats(int count) {
      super(count);
    }

    /** Without waiting: the count may be below zero until somebody leaves. */
    void takeBack() {
      reducePermits(1);
    }
  }
}
