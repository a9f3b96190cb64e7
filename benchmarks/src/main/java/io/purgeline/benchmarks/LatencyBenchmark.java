package io.purgeline.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a DELETE takes to be answered, for small, large and huge datasets in turn, while the
 * worker purges other objects. The size must not matter.
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
    catalogue.settle();
    var purge = catalogue.delete(background);
    catalogue.awaitObjects(purge, 1);
    var small = new ArrayList<Double>();
    var largeTimes = new ArrayList<Double>();
    var hugeTimes = new ArrayList<Double>();
    for (int i = 0; i < DELETES; i++) {
      small.add(milliseconds(catalogue, smallOnes.get(i)));
      largeTimes.add(milliseconds(catalogue, largeOnes.get(i)));
      if (i % (DELETES / HUGE_DELETES) == 0) {
        hugeTimes.add(milliseconds(catalogue, hugeOnes.get(hugeTimes.size())));
      }
    }
    if (catalogue.isPurged(purge)) {
      System.out.println(name + ": the other purge ended before the last DELETE was answered");
    }
    small50.add(Spread.quantile(small, 0.5));
    small99.add(Spread.quantile(small, 0.99));
    large50.add(Spread.quantile(largeTimes, 0.5));
    large99.add(Spread.quantile(largeTimes, 0.99));
    huge50.add(Spread.quantile(hugeTimes, 0.5));
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

  private static double milliseconds(Catalogue catalogue, String dataset)
      throws IOException, InterruptedException {
    var start = System.nanoTime();
    catalogue.delete(dataset);
    return (System.nanoTime() - start) / 1e6;
  }

  private void print(int large, int huge) {
    Table.header("what", "ms min / median / max", "ratio to " + SMALL + " samples");
    row("p50 of " + SMALL + " samples", small50, small50);
    row("p50 of " + large + " samples", large50, small50);
    row("median of " + huge + " samples", huge50, small50);
    row("p99 of " + SMALL + " samples", small99, small99);
    row("p99 of " + large + " samples", large99, small99);
  }

  private static void row(String name, List<Double> values, List<Double> base) {
    Table.row(name, Spread.of(values).show(1), Spread.ofRatios(values, base).show(2));
  }
}
