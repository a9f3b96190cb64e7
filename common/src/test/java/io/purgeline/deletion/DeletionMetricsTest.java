package io.purgeline.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletionMetricsTest {

  @ParameterizedTest
  @EnumSource(ResourceKind.class)
  void everySeriesIsZeroBeforeAnythingHappens(ResourceKind kind) {
    var registry = new SimpleMeterRegistry();

    new DeletionMetrics(registry);

    var latency = registry.get("purgeline.deletion.latency").tag("kind", kind.label()).timer();
    assertThat(latency.count()).isZero();
    for (var outcome : new String[] {"purged", "retained", "dead", "incomplete"}) {
      var ended =
          registry.get("purgeline.deletions").tags("kind", kind.label(), "outcome", outcome);
      assertThat(ended.counter().count()).as(outcome).isZero();
    }
  }
}
