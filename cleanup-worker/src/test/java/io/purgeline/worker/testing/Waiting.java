package io.purgeline.worker.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait: long enough for a slow machine, looking often. */
public final class Waiting {

  private Waiting() {}

  public static ConditionFactory patiently() {
    return Awaitility.await()
        .dontCatchUncaughtExceptions() // of a client's own threads, while its server is away
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO);
  }
}
