package io.purgeline.worker.testing;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the worker of a pipeline had counted as gone from a store when this was made.
 *
 * @param store as metrics name it
 */
public record PurgedCounters(MeterRegistry registry, String store, Increase atFirst) {

  public static PurgedCounters of(Pipeline pipeline, String store) {
    var registry = pipeline.bean(MeterRegistry.class);
    return new PurgedCounters(registry, store, now(registry, store));
  }

  /** What was counted since then. */
  public Increase increase() {
    var now = now(registry, store);
    return new Increase(now.objects() - atFirst.objects(), now.bytes() - atFirst.bytes());
  }

  private static Increase now(MeterRegistry registry, String store) {
    return new Increase(
        count(registry, "purgeline.purged.objects", store),
        count(registry, "purgeline.purged.bytes", store));
  }

  private static long count(MeterRegistry registry, String name, String store) {
    return Math.round(registry.get(name).tag("store", store).counter().count());
  }

  /** Objects and their bytes. */
  public record Increase(long objects, long bytes) {}
}
