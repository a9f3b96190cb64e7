package io.purgeline.standalone;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * What Ctrl-C does. The signals are taken, instead of a shutdown hook, because the embedded servers
 * have hooks of their own, and all hooks run at once: they would pull the database away from a
 * worker that is just handing its work back.
 */
final class Interruption {

  /** As a shell says it: ended by SIGINT. */
  private static final int INTERRUPTED = 130;

  private volatile boolean happened;
  private volatile int exitCode = INTERRUPTED;
  private @Nullable Runnable work;

  private Interruption() {}

  /**
   * Takes the signals from now on. Until {@link #ends} the first one is only noted, and whoever
   * starts something asks {@link #requireNone} before; a second one does not wait.
   */
  static Interruption watch() {
    var interruption = new Interruption();
    for (var name : List.of("INT", "TERM", "HUP")) {
      Signal.handle(new Signal(name), signal -> interruption.happen());
    }
    return interruption;
  }

  /**
   * From now on an interruption runs the work and ends the process.
   *
   * @throws InterruptedStartException if one has happened already
   */
  synchronized void ends(Runnable atInterruption) {
    requireNone();
    work = atInterruption;
  }

  /** Throws if nothing more is to be started. */
  void requireNone() {
    if (happened) {
      throw new InterruptedStartException();
    }
  }

  /** From now on an interruption is how this process is meant to end. */
  void isExpected() {
    exitCode = 0;
  }

  /** Whether a failure is of no interest any more: everything is being stopped. */
  boolean happened() {
    return happened;
  }

  /** What the process ends with: the code it was given, unless it was interrupted. */
  int exitCode(int otherwise) {
    return happened ? exitCode : otherwise;
  }

  /** Waits for the end of the process. */
  static void awaitEnd() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private synchronized void happen() {
    if (happened) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    happened = true;
    if (work != null) {
      var last = work;
      Thread.ofPlatform().name("interruption").start(() -> end(last));
    }
  }

  private void end(Runnable last) {
    try {
      last.run();
    } finally {
      System.exit(exitCode);
    }
  }

  /** The start is given up. */
  static final class InterruptedStartException extends RuntimeException {
    InterruptedStartException() {
      super("interrupted while it started");
    }
  }
}
