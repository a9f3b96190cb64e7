package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.deadletter.ReplaySteps.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayStepsTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 5", "3, 20", "4, 100", "5, 500", "6, 2500", "7, 12500"})
  void growFromOneToTheNext(int number, long size) {
    assertThat(ReplaySteps.size(number)).isEqualTo(size);
  }

  @Test
  void growNoMoreWhereNoListIsAsLong() {
    assertThat(ReplaySteps.size(15)).isEqualTo(4_882_812_500L);
    assertThat(ReplaySteps.size(1_000)).isEqualTo(ReplaySteps.size(15));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.1, 1",
    "1, 9999, 0.1, 0",
    "1, 10000, 0.1, 1",
    "0, 20000, 0.1, 3",
    "0, 60000, 0.1, 5",
    "5, 60000, 0.1, 0",
    "0, -1, 0.1, 0",
    "0, -60000, 0.1, 0",
    "2, -60000, , 3"
  })
  void allowWhatTheRateAllows(long taken, long millis, @Nullable Double rate, long allowed) {
    var step = new Step(2, 5, taken, 0, 0, Duration.ofMillis(millis));

    assertThat(step.allowed(rate)).isEqualTo(allowed);
  }
}
