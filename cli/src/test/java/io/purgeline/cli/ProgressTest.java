package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.cli.Progress.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, [------------------------]",
    "0, 10, [------------------------]",
    "5, 10, [############------------]",
    "10, 10, [########################]",
    "12, 10, [########################]"
  })
  void drawsABarOfWhatIsDone(long done, long total, String bar) {
    assertThat(Progress.bar(done, total)).isEqualTo(bar);
  }

  @Test
  void tellsRateAndTimeLeftSinceSomebodyLooks() {
    var meter = new Meter(1_000);

    assertThat(meter.at(1_000, 5_000, 10_000)).isEmpty();
    assertThat(meter.at(11_000, 6_000, 10_000)).isEqualTo(", 100/s, 40s left");
    assertThat(meter.at(21_000, 5_010, 10_000)).isEqualTo(", 0.5/s, 2h 46m left");
  }

  @Test
  void tellsNoRateBeforeThereIsOne() {
    var meter = new Meter(0);

    assertThat(meter.at(0, 0, 10)).isEmpty();
    assertThat(meter.at(500, 5, 10)).as("too early").isEmpty();
    assertThat(meter.at(5_000, 10, 10)).as("nothing is left").isEmpty();
  }
}
