package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortenedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for: 15m                            | for: 8s
          keep_firing_for: 5m                 | keep_firing_for: 6s
          group_wait: 30s                     | group_wait: 1s
          expr: rate(a[5m] offset 22h) > 20   | expr: rate(a[6s] offset 45s) > 20
          expr: time() - (a > 0) > 86400      | expr: time() - (a > 0) > 120
          expr: age > bool 3600               | expr: age > bool 100
          expr: predict_linear(a[24h], 86400) | expr: predict_linear(a[46s], 120)
          summary: for 15 minutes, 15m long   | summary: for 15 minutes, 15m long
          """)
  void replacesTimesAndNothingElse(String written, String shortened) {
    assertThat(Shortened.shorten(written).strip()).isEqualTo(shortened);
  }

  @Test
  void refusesATimeItDoesNotKnow() {
    assertThatThrownBy(() -> Shortened.shorten("for: 17m")).hasMessageContaining("1020 s");
  }
}
