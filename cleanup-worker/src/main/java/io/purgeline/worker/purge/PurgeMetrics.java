package io.purgeline.worker.purge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.purgeline.deletion.DeletionLog;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.purge.Outcome.Abandoned;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Outage;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.purge.Outcome.Retained;
import io.purgeline.worker.purge.Outcome.Settling;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what purges do, and writes one line for each slice that is not just one of many. Series
 * whose labels are known are there from the start, so that the first event is seen as an increase.
 */
final class PurgeMetrics implements PurgeListener {

  private static final Logger log = LoggerFactory.getLogger(PurgeMetrics.class);
  private static final List<String> OUTCOMES =
      List.of("ok", "continued", "outage", "item", "bug", "lease_lost");

  private final MeterRegistry registry;
  private final Counter duplicates;
  private final Counter leasesLost;

  /**
   * Metrics of a worker.
   *
   * @param queues the queues it serves
   */
  PurgeMetrics(MeterRegistry registry, Collection<WorkQueue> queues) {
    this.registry = registry;
    this.duplicates =
        Counter.builder("purgeline.duplicate.deliveries")
            .description("Messages that came again, or too late, and led to nothing")
            .register(registry);
    this.leasesLost =
        Counter.builder("purgeline.lease.lost")
            .description("Slices that ended because somebody else held their task")
            .register(registry);
    OUTCOMES.forEach(this::attempts);
    Stream.of(Claim.Why.values()).forEach(this::messagesIgnored);
    for (var queue : queues) {
      objects(queue.store());
      bytes(queue.store());
      duration(queue.store());
    }
  }

  @Override
  public void ignored(Claim.Why why) {
    messagesIgnored(why).increment();
    if (why != Claim.Why.UNKNOWN) {
      duplicates.increment();
    }
  }

  private Counter messagesIgnored(Claim.Why why) {
    return Counter.builder("purgeline.messages.ignored")
        .description("Messages that asked for nothing")
        .tag("reason", why.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  @Override
  public void started(PurgeTask task) {
    if (task.slices() == 1 && task.resource().kind() == ResourceKind.TRAINING) {
      DeletionLog.started(task.deletionId(), task.resource().id());
    }
  }

  @Override
  public void ended(PurgeTask task, Outcome outcome, Duration worked) {
    attempts(label(outcome)).increment();
    switch (outcome) {
      case Purged _ -> duration(store(task)).record(waited(task).plus(worked));
      case Abandoned _ -> leasesLost.increment();
      case Retained _, Continue _, Settling _, Outage _, Failed _ -> {}
    }
    line(task, outcome);
  }

  private Counter attempts(String outcome) {
    return Counter.builder("purgeline.attempts")
        .description("Slices, by what came of them")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Timer duration(String store) {
    return Timer.builder("purgeline.purge.duration")
        .description("From the commit of a deletion to the end of the slice that finished a task")
        .tag("store", store)
        .register(registry);
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
    objects(store(task)).increment(objects);
    bytes(store(task)).increment(bytes);
  }

  private Counter objects(String store) {
    return counter("purgeline.purged.objects", "Objects and files confirmed gone", store);
  }

  private Counter bytes(String store) {
    return counter("purgeline.purged.bytes", "Bytes confirmed gone", store);
  }

  private Counter counter(String name, String description, String store) {
    return Counter.builder(name).description(description).tag("store", store).register(registry);
  }

  private static String store(PurgeTask task) {
    return new WorkQueue(task.queue()).store();
  }
}
