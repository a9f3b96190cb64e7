package io.purgeline.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/**
 * {@code purgeline_outbox_published_total{result}}, {@code purgeline_relay_failures_total} and
 * {@code purgeline_publisher_blocked}.
 */
final class RelayMetrics implements RelayListener {

  private final Counter confirmed;
  private final Counter returned;
  private final Counter rejected;
  private final Counter unanswered;
  private final Counter failures;

  RelayMetrics(MeterRegistry registry, BooleanSupplier blocked) {
    Gauge.builder("purgeline.publisher.blocked", () -> blocked.getAsBoolean() ? 1 : 0)
        .description("Whether the broker lets this process publish nothing: 1 for blocked")
        .register(registry);
    confirmed = published(registry, "confirmed");
    returned = published(registry, "returned");
    rejected = published(registry, "nacked");
    unanswered = published(registry, "timeout");
    failures =
        Counter.builder("purgeline.relay.failures")
            .description("Runs of the relay that ended because the broker or database was away")
            .register(registry);
  }

  private static Counter published(MeterRegistry registry, String result) {
    return Counter.builder("purgeline.outbox.published")
        .description("Messages handed to the broker, by what it said of them")
        .tag("result", result)
        .register(registry);
  }

  @Override
  public void ran(RelayReport report) {
    confirmed.increment(report.confirmed());
    returned.increment(report.returned());
    rejected.increment(report.rejected());
    unanswered.increment(report.unanswered());
  }

  @Override
  public void failed(RuntimeException cause) {
    failures.increment();
  }
}
