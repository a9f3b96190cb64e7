package io.purgeline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettableClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SettableClock clock = new SettableClock(START);

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(START).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofMinutes(5))).isEqualTo("2026-01-01T00:05:00Z");
    assertThat(clock.instant()).isEqualTo("2026-01-01T00:05:00Z");
  }

  @Test
  void canBeSetBack() {
    clock.advance(Duration.ofDays(1));
    clock.set(START);
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void losesNoMoveOfAnotherThread() {
    IntStream.range(0, 10_000).parallel().forEach(_ -> clock.advance(Duration.ofMillis(1)));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
  }

  @Test
  void sharesItsHandsWithOtherZones() {
    var inTokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(inTokyo.instant()).isEqualTo(START.plusSeconds(1));
    assertThat(inTokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
