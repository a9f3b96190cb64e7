package io.purgeline.worker.objects;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests a store takes at a time, found out by trying: one more after each round of
 * answers, half as many (once a round) when the store asks for less. Additive increase,
 * multiplicative decrease, as in TCP congestion control (RFC 5681).
 */
public final class ParallelismLimit {

  private final int max;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition room = lock.newCondition();
  private double limit;
  private int inFlight;
  private long epoch;

  /** A limit that starts at, and never exceeds, the maximum. */
  public ParallelismLimit(int max) {
    this.max = max;
    this.limit = max;
  }

  /** Waits for a turn. The turn ends when it is closed. */
  public Turn acquire() {
    lock.lock();
    try {
      while (inFlight >= (int) limit) {
        room.awaitUninterruptibly();
      }
      inFlight++;
      return new Turn(epoch);
    } finally {
      lock.unlock();
    }
  }

  /** How many requests may be under way now. */
  public int current() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Turn turn) {
    lock.lock();
    try {
      inFlight--;
      if (turn.throttled && turn.epoch == epoch) {
        limit = Math.max(1, Math.floor(limit / 2));
        epoch++; // requests sent before this say nothing about the new limit
      } else if (turn.succeeded) {
        limit = Math.min(max, limit + 1 / limit);
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One request's turn. */
  public final class Turn implements AutoCloseable {

    private final long epoch;
    private boolean succeeded;
    private boolean throttled;

    private Turn(long epoch) {
      this.epoch = epoch;
    }

    /** The store answered. */
    public void succeeded() {
      succeeded = true;
    }

    /** The store asked for fewer requests, or did not answer in time. */
    public void throttled() {
      throttled = true;
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}
