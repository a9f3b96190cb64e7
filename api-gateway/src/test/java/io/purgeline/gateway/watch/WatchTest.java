package io.purgeline.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However many wait, and however long a look takes, the database has other things to do as well.
 */
class WatchTest {

  private static final int LOOKS = 4;

  /** At least so long a pause, for looks that take at least so long. */
  @ParameterizedTest
  @CsvSource({"0, 50", "20, 180", "60, 540"})
  void looksTwentyTimesASecondOrForATenthOfTheTime(long lookMillis, long pauseMillis) {
    var looks = new CopyOnWriteArrayList<Look>();
    var busy = new CountDownLatch(1);
    var watch =
        new Watch(
            "watch under test",
            ids -> {
              var began = System.nanoTime();
              pass(busy, lookMillis);
              looks.add(new Look(began, System.nanoTime()));
              return List.<Seen>of();
            }) {};
    watch.start();
    try {
      watch.add(new Patient(UUID.randomUUID()));
      await().until(() -> looks.size() >= LOOKS);
    } finally {
      watch.stop();
      watch.destroy();
    }

    for (int look = 1; look < LOOKS; look++) {
      var pause = Duration.ofNanos(looks.get(look).began() - looks.get(look - 1).ended());
      assertThat(pause).isGreaterThanOrEqualTo(Duration.ofMillis(pauseMillis - 1)); // rounded down
    }
  }

  private static void pass(CountDownLatch never, long millis) {
    try {
      assertThat(never.await(millis, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Look(long began, long ended) {}

  /** Waits for more. */
  private record Patient(UUID id) implements Watcher {

    @Override
    public boolean look(@Nullable Seen seen) {
      return false;
    }

    @Override
    public void end() {}
  }
}
