package io.purgeline.worker.purge;

import java.time.Duration;
import java.util.UUID;

/**
 * The right to work on a task. The database has the last word: every write is guarded by owner and
 * generation. In between, the lease is trusted only as long as its last renewal, counted from
 * before it was asked for, so that a worker that was paused stops by itself no later than others
 * may take over.
 */
final class Lease {

  private final UUID taskId;
  private final int generation;
  private final String owner;
  private final Duration duration;
  private volatile long trustedUntilNanos;
  private volatile boolean lost;

  Lease(UUID taskId, int generation, String owner, Duration duration, long askedAtNanos) {
    this.taskId = taskId;
    this.generation = generation;
    this.owner = owner;
    this.duration = duration;
    renewed(askedAtNanos);
  }

  /** The database prolonged it; the question was asked at that moment. */
  void renewed(long askedAtNanos) {
    trustedUntilNanos = askedAtNanos + duration.toNanos();
  }

  /** The database says it is somebody else's. */
  void lose() {
    lost = true;
  }

  boolean isHeld() {
    return !lost && System.nanoTime() - trustedUntilNanos < 0;
  }

  /** To be called before everything that cannot be undone. */
  void requireHeld() {
    if (!isHeld()) {
      throw new LeaseLostException(taskId);
    }
  }

  UUID taskId() {
    return taskId;
  }

  int generation() {
    return generation;
  }

  String owner() {
    return owner;
  }

  Duration duration() {
    return duration;
  }
}
