package io.purgeline.deletion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code purgeline_deletions_total{kind,outcome}} and {@code
 * purgeline_deletion_latency_seconds{kind}}. Every series is there from the start, so that the
 * first event is seen as an increase. Canaries are left out: nobody asked for them.
 */
final class DeletionMetrics {

  private static final DeletionState[] OUTCOMES = {
    DeletionState.PURGED, DeletionState.RETAINED, DeletionState.INCOMPLETE, DeletionState.DEAD
  };

  private final Map<ResourceKind, Map<DeletionState, Counter>> ended =
      new EnumMap<>(ResourceKind.class);
  private final Map<ResourceKind, Timer> latency = new EnumMap<>(ResourceKind.class);

  DeletionMetrics(MeterRegistry registry) {
    for (var kind : ResourceKind.values()) {
      var counters = new EnumMap<DeletionState, Counter>(DeletionState.class);
      for (var outcome : OUTCOMES) {
        counters.put(outcome, counter(registry, kind, outcome));
      }
      ended.put(kind, counters);
      latency.put(
          kind,
          Timer.builder("purgeline.deletion.latency")
              .description("From the commit of a deletion to its verified purge")
              .tag("kind", kind.label())
              .register(registry));
    }
  }

  private static Counter counter(MeterRegistry registry, ResourceKind kind, DeletionState outcome) {
    return Counter.builder("purgeline.deletions")
        .description("Deletions that came to this state")
        .tag("kind", kind.label())
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  /**
   * A deletion came to a state in which it stays for now.
   *
   * @param took the time since its commit
   */
  void ended(ResourceKind kind, DeletionState state, Duration took) {
    var counter = ended.getOrDefault(kind, Map.of()).get(state);
    if (counter != null) {
      counter.increment();
    }
    var timer = latency.get(kind);
    if (timer != null && state == DeletionState.PURGED) {
      timer.record(took);
    }
  }
}
