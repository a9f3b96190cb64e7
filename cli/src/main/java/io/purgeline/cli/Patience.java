package io.purgeline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks again for a while when the server cannot be reached: it may be starting anew. */
final class Patience {

  /** A gateway starts in less, even on a busy machine. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Screen screen;
  private final Duration longest;

  Patience(Screen screen) {
    this(screen, LONGEST);
  }

  Patience(Screen screen, Duration longest) {
    this.screen = screen;
    this.longest = longest;
  }

  /**
   * What the question is answered with.
   *
   * @throws FailedException if that is no, or the server could not be reached all the time
   */
  <T> T ask(Supplier<T> question) throws InterruptedException {
    var end = System.nanoTime() + longest.toNanos();
    var first = true;
    while (true) {
      try {
        return question.get();
      } catch (FailedException e) {
        if (!e.isUnreachable() || System.nanoTime() > end) {
          throw e;
        }
        if (first) {
          screen.warning(
              "%s Trying again for %s.".formatted(e.getMessage(), Readable.duration(longest)));
          first = false;
        }
      }
      pause(PAUSE);
    }
  }

  static void pause(Duration time) throws InterruptedException {
    var never = new CountDownLatch(1);
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts down");
    }
  }
}
