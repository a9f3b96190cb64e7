package io.purgeline.worker.objects;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests a store takes at a time, found out by trying: half as many (once a round trip)
 * when the store asks for less, one more after each round of answers. Additive increase,
 * multiplicative decrease, as in TCP congestion control (RFC 5681); and as in CUBIC (RFC 9438) it
 * remembers where the store refused: just below that it stays, and tries one more only now and
 * then, ever more rarely while that fails. So it settles at what the store takes, instead of
 * swinging between that and half of it.
 */
public final class ParallelismLimit {

  private static final int FIRST_PATIENCE = 8;
  private static final int MOST_PATIENCE = 256;

  private final int max;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition room = lock.newCondition();
  private int limit;
  private int inFlight;

  /** Counts the changes of the limit: what was sent before one says nothing about what is now. */
  private long epoch;

  /** Answers at the present limit; a round is as many as the limit. */
  private int answers;

  /** Above this the store has refused. */
  private int ceiling;

  /** Rounds to stay at the ceiling before it is tried again. */
  private int patience = FIRST_PATIENCE;

  /** A limit that starts at, and never exceeds, the maximum. */
  public ParallelismLimit(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("at least one request at a time, not " + max);
    }
    this.max = max;
    this.limit = max;
    this.ceiling = max;
  }

  /** Waits for a turn. The turn ends when it is closed. */
  public Turn acquire() {
    lock.lock();
    try {
      while (inFlight >= limit) {
        room.awaitUninterruptibly();
      }
      inFlight++;
      return new Turn(epoch, inFlight == limit);
    } finally {
      lock.unlock();
    }
  }

  /** How many requests may be under way now. */
  public int current() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Turn turn) {
    lock.lock();
    try {
      inFlight--;
      if (turn.epoch == epoch) {
        learn(turn);
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void learn(Turn turn) {
    if (turn.throttled) {
      decrease();
    } else if (turn.succeeded && turn.atTheLimit) { // an idle client learns nothing about the store
      answers++;
      increase();
    }
  }

  private void decrease() {
    if (limit > ceiling) { // it was tried again, and is as it was
      patience = Math.min(MOST_PATIENCE, patience * 2);
      moveTo(ceiling);
    } else {
      ceiling = Math.max(1, limit - 1);
      patience = FIRST_PATIENCE;
      moveTo(Math.max(1, limit / 2));
    }
  }

  private void increase() {
    if (limit == max) {
      ceiling = max;
    } else if (limit > ceiling && answers >= limit) { // the store takes more than it did
      ceiling = max;
      patience = FIRST_PATIENCE;
      moveTo(limit + 1);
    } else if (limit < ceiling && answers >= limit) {
      moveTo(limit + 1);
    } else if (limit == ceiling && answers >= limit * patience) {
      moveTo(limit + 1);
    }
  }

  private void moveTo(int next) {
    limit = next;
    answers = 0;
    epoch++;
  }

  /** One request's turn. */
  public final class Turn implements AutoCloseable {

    private final long epoch;
    private final boolean atTheLimit;
    private boolean succeeded;
    private boolean throttled;

    private Turn(long epoch, boolean atTheLimit) {
      this.epoch = epoch;
      this.atTheLimit = atTheLimit;
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
