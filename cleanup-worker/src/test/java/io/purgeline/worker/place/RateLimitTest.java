package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final RateLimit rate = new RateLimit(1);

  @Test
  void givesBackATurnThatComesTooLate() {
    assertThatThrownBy(() -> rate.acquire(1_000, RateLimitTest::tooLate)).hasMessage("too late");

    rate.acquire(1_000, () -> {});

    assertThatThrownBy(() -> rate.acquire(1, RateLimitTest::tooLate)).hasMessage("too late");
  }

  private static void tooLate() {
    throw new IllegalStateException("too late");
  }
}
