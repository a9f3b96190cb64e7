package io.purgeline.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How long a DELETE takes to be answered, for small, large and huge datasets in turn, while the
 * worker purges other objects. The size must not matter. Each huge one has a small one of its own
 * beside it, and chance decides which comes first: what was deleted just before is still being
 * purged, and would otherwise always burden the same size.
 */
final class LatencyBenchmark implements Benchmark {

  private static final int DELETES = 200;
  private static final int SMALL = 10;
  private static final int LARGE = 50_000;
  private static final int HUGE = 1_000_000;
  private static final int HUGE_DELETES = 5;
  private static final int WARM_UP = 50;

  /** Enough, at the rate below, that it is still being purged when the last DELETE is answered. */
  private static final int OTHER_OBJECTS = 20_000;

  private static final int OTHER_RATE = 500;

  private final List<Double> small50 = new ArrayList<>();
  private final List<Double> small99 = new ArrayList<>();
  private final List<Double> large50 = new ArrayList<>();
  private final List<Double> large99 = new ArrayList<>();
  private final List<Double> huge50 = new ArrayList<>();
  private final List<Double> beside50 = new ArrayList<>();
  private final Random order = new Random(1);

  @Override
  public void run(Scale scale) throws Exception {
    var rate = List.of("--purgeline.purge.max-objects-per-second=" + OTHER_RATE);
    var large = scale.of(LARGE);
    var huge = scale.of(HUGE);
    System.out.printf(
        "%d DELETEs each of datasets of %d and %d samples, %d of %d; meanwhile a purge of %d"
            + " objects at %d a second; %d rounds%n",
        DELETES, SMALL, large, HUGE_DELETES, huge, OTHER_OBJECTS, OTHER_RATE, ROUNDS);
    try (var installation = BenchInstallation.start(List.of(), rate)) {
      warmUp(installation.catalogue);
      for (int round = 0; round < ROUNDS; round++) {
        measure(installation, "round-" + round, large, huge);
      }
    }
    print(large, huge);
  }

  private static void warmUp(Catalogue catalogue) throws IOException, InterruptedException {
    for (var dataset : register(catalogue, "warm-up", WARM_UP, SMALL)) {
      catalogue.delete(dataset);
    }
  }

  private void measure(BenchInstallation installation, String name, int large, int huge)
      throws IOException, InterruptedException {
    var catalogue = installation.catalogue;
    var other = name + "/other/";
    installation.s3.putMany(installation.bucket, other, OTHER_OBJECTS, 256);
    var background = catalogue.register(other, OTHER_OBJECTS);
    var smallOnes = register(catalogue, name + "/small", DELETES, SMALL);
    var largeOnes = register(catalogue, name + "/large", DELETES, large);
    var hugeOnes = register(catalogue, name + "/huge", HUGE_DELETES, huge);
    var besideOnes = register(catalogue, name + "/beside", HUGE_DELETES, SMALL);
    catalogue.settle();
    var purge = catalogue.delete(background);
    catalogue.awaitObjects(purge, 1);
    var small = new Series(smallOnes);
    var largeTimes = new Series(largeOnes);
    var hugeTimes = new Series(hugeOnes);
    var beside = new Series(besideOnes);
    for (int i = 0; i < DELETES; i++) {
      var turn = new ArrayList<>(List.of(small, largeTimes));
      if (i % (DELETES / HUGE_DELETES) == 0) {
        turn.addAll(List.of(hugeTimes, beside));
      }
      Collections.shuffle(turn, order);
      for (var series : turn) {
        series.deleteNext(catalogue);
      }
    }
    if (catalogue.isPurged(purge)) {
      System.out.println(name + ": the other purge ended before the last DELETE was answered");
    }
    small50.add(small.quantile(0.5));
    small99.add(small.quantile(0.99));
    large50.add(largeTimes.quantile(0.5));
    large99.add(largeTimes.quantile(0.99));
    huge50.add(hugeTimes.quantile(0.5));
    beside50.add(beside.quantile(0.5));
    catalogue.awaitPurged(purge);
  }

  private static List<String> register(Catalogue catalogue, String name, int count, int samples)
      throws IOException, InterruptedException {
    var datasets = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      datasets.add(catalogue.register(name + "-" + i + "/", samples));
    }
    return datasets;
  }

  private void print(int large, int huge) {
    Table.header("what", "ms min / median / max", "ratio to " + SMALL + " samples");
    row("p50 of " + SMALL + " samples", small50, small50);
    row("p50 of " + large + " samples", large50, small50);
    row("median of %d times %d samples".formatted(HUGE_DELETES, SMALL), beside50, beside50);
    row("median of %d times %d samples".formatted(HUGE_DELETES, huge), huge50, beside50);
    row("p99 of " + SMALL + " samples", small99, small99);
    row("p99 of " + large + " samples", large99, small99);
  }

  private static void row(String name, List<Double> values, List<Double> base) {
    Table.row(name, Spread.of(values).show(1), Spread.ofRatios(values, base).show(2));
  }

  /** Datasets of one size and how long it took to delete those that are gone, in milliseconds. */
  private record Series(List<String> datasets, List<Double> times) {

    Series(List<String> datasets) {
      this(datasets, new ArrayList<>());
    }

    void deleteNext(Catalogue catalogue) throws IOException, InterruptedException {
      var start = System.nanoTime();
      catalogue.delete(datasets.get(times.size()));
      times.add((System.nanoTime() - start) / 1e6);
    }

    double quantile(double share) {
      return Spread.quantile(times, share);
    }
  }
}
