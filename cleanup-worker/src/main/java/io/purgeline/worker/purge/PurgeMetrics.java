package io.purgeline.worker.purge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.deletion.DeletionLog;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.location.Location;
import io.purgeline.worker.purge.Outcome.Abandoned;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Outage;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.purge.Outcome.Retained;
import io.purgeline.worker.purge.Outcome.Settling;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what purges do, and writes one line for each slice that is not just one of many. */
final class PurgeMetrics implements PurgeListener {

  private static final Logger log = LoggerFactory.getLogger(PurgeMetrics.class);

  private final MeterRegistry registry;

  PurgeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ignored(Claim.Why why) {
    registry
        .counter("purgeline.messages.ignored", "reason", why.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void started(PurgeTask task) {
    if (task.slices() == 1 && task.resource().kind() == ResourceKind.TRAINING) {
      DeletionLog.started(task.deletionId(), task.resource().id());
    }
  }

  @Override
  public void ended(PurgeTask task, Outcome outcome, Duration worked) {
    registry.counter("purgeline.attempts", "outcome", label(outcome)).increment();
    if (outcome instanceof Purged) {
      registry
          .timer("purgeline.purge.duration", "store", store(task.location()))
          .record(waited(task).plus(worked));
    }
    line(task, outcome);
  }

  /** By the database's clock, from the request to the last claim. */
  private static Duration waited(PurgeTask task) {
    return Duration.between(task.timing().requestedAt(), task.timing().claimedAt());
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case Purged _, Retained _ -> "ok";
      case Continue _, Settling _ -> "continued";
      case Outage _ -> "outage";
      case Failed failed -> failed.failureClass().name().toLowerCase(Locale.ROOT);
      case Abandoned _ -> "lease_lost";
    };
  }

  private static void line(PurgeTask task, Outcome outcome) {
    var line =
        switch (outcome) {
          case Failed _ -> log.atWarn();
          case Purged _, Retained _, Settling _ -> log.atInfo();
          // An outage is one of its place, and told of once when it begins.
          case Outage _, Continue _, Abandoned _ -> log.atDebug();
        };
    line.addKeyValue("deletion_id", task.deletionId())
        .addKeyValue("task_id", task.id())
        .addKeyValue("location", task.location() == null ? "-" : task.location().uri())
        .addKeyValue("slices", task.slices())
        .addKeyValue("attempts", task.attempts())
        .log("purge: {}", outcome);
  }

  @Override
  public void removed(PurgeTask task, long objects, long bytes) {
    counter("purgeline.purged.objects", "Objects and files confirmed gone", task)
        .increment(objects);
    counter("purgeline.purged.bytes", "Bytes confirmed gone", task).increment(bytes);
  }

  private Counter counter(String name, String description, PurgeTask task) {
    return Counter.builder(name)
        .description(description)
        .tag("store", store(task.location()))
        .register(registry);
  }

  private static String store(@Nullable Location location) {
    return location == null ? "records" : location.store();
  }
}
