package io.purgeline.worker.objects;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests a store takes at a time, found out by trying. Each refused request takes one
 * away: what is refused of a round is what was too much, so one round finds the right number, and a
 * store that refuses everything is down to one. Each round of answers may give one back, but just
 * above a number that was refused it is tried only now and then, ever more rarely while that fails.
 * So the limit settles at what the store takes, and hardly a request is refused there; halving and
 * rising again, as TCP does it (RFC 5681), would leave a quarter unused and be refused all the
 * time. A store may also refuse by not answering: a round has not ended while a request that began
 * it is under way, however many others are answered meanwhile.
 */
public final class ParallelismLimit {

  private static final int FIRST_PATIENCE = 8;
  private static final int MOST_PATIENCE = 128;
  private static final long NO_ROUND = -1;

  private final int max;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition room = lock.newCondition();
  private int limit;
  private int inFlight;

  /** Which round this is, counted by changes of the limit. */
  private long round;

  /**
   * Turns taken since the limit changed, up to as many as the limit, and those of them under way.
   */
  private int begun;

  private int underWay;

  /** Answers since the limit changed. */
  private int answers;

  /** Whether the limit has risen since the last refusal. */
  private boolean rising;

  /** Whether the store ever asked for less. */
  private boolean refused;

  /** Rounds to wait after a refusal before one more is tried. */
  private int patience = FIRST_PATIENCE;

  /** A limit that starts at, and never exceeds, the maximum. */
  public ParallelismLimit(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("at least one request at a time, not " + max);
    }
    this.max = max;
    this.limit = max;
  }

  /** Waits for a turn. The turn ends when it is closed. */
  public Turn acquire() {
    lock.lock();
    try {
      while (inFlight >= limit) {
        room.awaitUninterruptibly();
      }
      inFlight++;
      return begun < limit ? turnOfRound() : new Turn(NO_ROUND, true);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A turn to list what others will work on: beside the limit, because each page that waits for its
   * turn leaves one of those turns empty later. Of a store that has ever refused anything it is a
   * turn like all others.
   */
  public Turn acquireToList() {
    return takesMore() ? new Turn(NO_ROUND, false) : acquire();
  }

  private boolean takesMore() {
    lock.lock();
    try {
      return !refused;
    } finally {
      lock.unlock();
    }
  }

  private Turn turnOfRound() {
    begun++;
    underWay++;
    return new Turn(round, true);
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

  /** Whether a request would not have to wait now. */
  boolean isFree() {
    lock.lock();
    try {
      return inFlight < limit;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Turn turn) {
    lock.lock();
    try {
      if (turn.counted) {
        inFlight--;
      }
      if (turn.round == round) {
        underWay--;
      }
      if (turn.throttled) {
        lower();
      } else if (turn.succeeded && turn.counted) {
        answers++;
        raise();
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void lower() {
    refused = true;
    patience = rising ? Math.min(MOST_PATIENCE, patience * 2) : FIRST_PATIENCE;
    rising = false;
    change(Math.max(1, limit - 1));
  }

  private void raise() {
    var rounds = rising ? 1 : patience;
    var ended = begun == limit && underWay == 0;
    if (limit < max && ended && answers >= limit * rounds) {
      patience = rising ? FIRST_PATIENCE : patience; // the last try was a success
      rising = true;
      change(limit + 1);
    }
  }

  private void change(int next) {
    limit = next;
    round++;
    begun = 0;
    underWay = 0;
    answers = 0;
  }

  /** One request's turn. */
  public final class Turn implements AutoCloseable {

    private final long round;
    private final boolean counted;
    private boolean succeeded;
    private boolean throttled;

    private Turn(long round, boolean counted) {
      this.round = round;
      this.counted = counted;
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
