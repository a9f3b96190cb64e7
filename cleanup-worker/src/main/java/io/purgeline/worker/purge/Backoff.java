package io.purgeline.worker.purge;

import io.purgeline.config.RetryProperties;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a failed purge is tried again: doubling from the first delay to the
 * longest, a fifth of it at random.
 */
final class Backoff {

  private Backoff() {}

  static Duration delay(RetryProperties retry, int failedAttempts) {
    var doublings = Math.min(failedAttempts - 1, 30);
    var exact =
        Math.min(
            retry.initialDelay().toMillis() * Math.pow(2, doublings), retry.maxDelay().toMillis());
    return Duration.ofMillis(Math.round(exact * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
  }
}
