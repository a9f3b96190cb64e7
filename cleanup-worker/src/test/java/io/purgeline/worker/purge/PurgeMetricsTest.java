package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.deletion.FailureClass;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.worker.purge.Outcome.Abandoned;
import io.purgeline.worker.purge.Outcome.Cause;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Outage;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.purge.Outcome.Retained;
import io.purgeline.worker.purge.Outcome.Settling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PurgeMetricsTest {

  private static final Cause CAUSE = new Cause("java.lang.Exception", "why", null, null);

  /** All that a slice can come to; the executor makes failures of no other class. */
  private static final List<Outcome> OUTCOMES =
      List.of(
          new Purged(true),
          new Continue(Duration.ZERO),
          new Settling(Duration.ZERO),
          new Retained(null, true),
          new Failed(FailureClass.ITEM, CAUSE),
          new Failed(FailureClass.BUG, CAUSE),
          new Outage("down", Duration.ZERO),
          new Abandoned());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PurgeMetrics metrics = new PurgeMetrics(registry, List.of());

  @Test
  void haveASeriesFromTheStartForEachOutcomeAndForNothingElse() {
    assertThat(OUTCOMES)
        .extracting(Object::getClass)
        .contains(Outcome.class.getPermittedSubclasses());
    assertThat(attempts().values()).containsOnly(0.0);
    var atTheStart = attempts().keySet();

    OUTCOMES.forEach(outcome -> metrics.ended(task(), outcome, Duration.ZERO));

    assertThat(attempts().keySet()).isEqualTo(atTheStart);
    assertThat(attempts().values()).doesNotContain(0.0);
  }

  private Map<String, Double> attempts() {
    return registry.find("purgeline.attempts").counters().stream()
        .collect(Collectors.toMap(PurgeMetricsTest::outcome, Counter::count));
  }

  private static String outcome(Counter counter) {
    return String.valueOf(counter.getId().getTag("outcome"));
  }

  private static PurgeTask task() {
    return new PurgeTask(
        UUID.randomUUID(),
        UUID.randomUUID(),
        new PurgeTask.Resource(ResourceKind.DATASET, "x", null),
        null,
        null,
        null,
        "purgeline.records",
        0,
        1,
        null,
        null,
        false,
        new PurgeTask.Timing(Instant.EPOCH, Instant.EPOCH, null));
  }
}
