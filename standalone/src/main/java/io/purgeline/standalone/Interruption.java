package io.purgeline.standalone;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * What Ctrl-C does. The signals are taken, instead of a shutdown hook, because the embedded servers
 * have hooks of their own, and all hooks run at once: they would pull the database away from a
 * worker that is just handing its work back.
 */
final class Interruption {

  /** As a shell says it: ended by SIGINT. */
  private static final int INTERRUPTED = 130;

  private final AtomicBoolean happened = new AtomicBoolean();
  private volatile int exitCode = INTERRUPTED;

  private Interruption() {}

  /** Runs the work at the first interruption and ends the process; a second one does not wait. */
  static Interruption ends(Runnable work) {
    var interruption = new Interruption();
    for (var name : List.of("INT", "TERM", "HUP")) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (!interruption.happened.compareAndSet(false, true)) {
              Runtime.getRuntime().halt(INTERRUPTED);
            }
            Thread.ofPlatform().name("interruption").start(() -> interruption.end(work));
          });
    }
    return interruption;
  }

  /** From now on an interruption is how this process is meant to end. */
  void isExpected() {
    exitCode = 0;
  }

  /** Whether a failure is of no interest any more: everything is being stopped. */
  boolean happened() {
    return happened.get();
  }

  /** Waits for the end of the process. */
  static void awaitEnd() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private void end(Runnable work) {
    try {
      work.run();
    } finally {
      System.exit(exitCode);
    }
  }
}
