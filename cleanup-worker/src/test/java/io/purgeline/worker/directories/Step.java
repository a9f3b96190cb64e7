package io.purgeline.worker.directories;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets two threads go on at the same instant, as long as there are two. */
final class Step {

  private static final long PATIENCE = Duration.ofMillis(20).toNanos();

  private final AtomicLong arrived = new AtomicLong();

  void together() {
    long mine = arrived.incrementAndGet();
    long both = mine + mine % 2;
    long begun = System.nanoTime();
    while (arrived.get() < both && System.nanoTime() - begun < PATIENCE) {
      Thread.onSpinWait();
    }
  }
}
