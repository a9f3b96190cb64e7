package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayMetricsTest {

  @ParameterizedTest
  @ValueSource(strings = {"confirmed", "returned", "nacked", "timeout"})
  void everySeriesIsZeroBeforeAnythingIsSent(String result) {
    var registry = new SimpleMeterRegistry();

    new RelayMetrics(registry, () -> false);

    var published = registry.get("purgeline.outbox.published").tag("result", result).counter();
    assertThat(published.count()).isZero();
    assertThat(registry.get("purgeline.publisher.blocked").gauge().value()).isZero();
  }
}
