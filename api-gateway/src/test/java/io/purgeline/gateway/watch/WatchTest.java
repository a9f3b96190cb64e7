package io.purgeline.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However many wait, and however long a look takes, the database has other things to do as well,
 * and who waits is not forgotten.
 */
class WatchTest {

  /** At least so long a pause, for looks that take at least so long. */
  @ParameterizedTest
  @CsvSource({"0, 50", "20, 180", "60, 540", "200, 1000"})
  void looksTwentyTimesASecondOrForATenthOfTheTime(long lookMillis, long pauseMillis) {
    assertThat(pauses(3, lookMillis))
        .allSatisfy(pause ->
            assertThat(pause)
                .isGreaterThanOrEqualTo(Duration.ofMillis(pauseMillis - 1))); // rounded down
  }

  /** A tenth of the time would be a pause of 18 seconds, in which nobody is answered. */
  @Test
  void looksAgainSoonAfterALookThatTookLong() {
    assertThat(pauses(1, 2_000)).singleElement(DURATION).isLessThan(Duration.ofSeconds(15));
  }

  /** The first of them. */
  private static List<Duration> pauses(int count, long lookMillis) {
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
      await().atMost(Duration.ofMinutes(1)).until(() -> looks.size() > count);
    } finally {
      watch.stop();
      watch.destroy();
    }
    return IntStream.range(0, count)
        .mapToObj(i -> Duration.ofNanos(looks.get(i + 1).began() - looks.get(i).ended()))
        .toList();
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
