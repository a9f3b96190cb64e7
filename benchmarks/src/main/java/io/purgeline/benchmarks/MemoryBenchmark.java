package io.purgeline.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker with a small heap purges a million objects, again and again: what it holds must not grow
 * with them.
 */
final class MemoryBenchmark implements Benchmark {

  private static final int OBJECTS = 1_000_000;
  private static final int PARTS = 20;
  private static final String HEAP = "-Xmx256m";

  private final Moment early = new Moment("10 %");
  private final Moment late = new Moment("90 %");
  private final Moment last = new Moment("100 %");

  @Override
  public void run(Scale scale) throws Exception {
    var objects = scale.of(OBJECTS) / PARTS * PARTS;
    System.out.printf("%d objects, worker with %s, %d rounds%n", objects, HEAP, ROUNDS);
    try (var installation = BenchInstallation.start(List.of(HEAP), List.of())) {
      var template =
          Template.upload(
              installation.minio, installation.s3, installation.bucket, objects / PARTS, 256);
      warmUp(installation);
      for (int round = 0; round < ROUNDS; round++) {
        var prefix = "round-" + round + "/";
        for (int part = 0; part < PARTS; part++) {
          template.copyTo(installation.bucket, prefix + "part-" + part + "/");
        }
        measure(installation, prefix, objects);
      }
    }
    Table.header(
        "purged",
        "live heap, MiB, min / median / max",
        "ratio to 10 %, min / median / max",
        "resident, MiB, min / median / max");
    List.of(early, late, last).forEach(moment -> moment.print(early));
  }

  private static void warmUp(BenchInstallation installation) throws Exception {
    installation.s3.putMany(installation.bucket, "warm-up/", 2_000, 256);
    var dataset = installation.catalogue.register("warm-up/", 2_000);
    installation.catalogue.awaitPurged(installation.catalogue.delete(dataset));
  }

  private void measure(BenchInstallation installation, String prefix, int objects)
      throws IOException, InterruptedException {
    var catalogue = installation.catalogue;
    var dataset = catalogue.register(prefix, objects);
    catalogue.settle();
    var deletion = catalogue.delete(dataset);
    catalogue.awaitObjects(deletion, objects / 10);
    early.look(installation.worker.pid());
    catalogue.awaitObjects(deletion, objects * 9L / 10);
    late.look(installation.worker.pid());
    catalogue.awaitPurged(deletion);
    last.look(installation.worker.pid());
  }

  /** What the worker holds at some point of each round, in MiB. */
  private record Moment(String name, List<Double> heap, List<Double> resident) {

    Moment(String name) {
      this(name, new ArrayList<>(), new ArrayList<>());
    }

    void look(long pid) throws IOException, InterruptedException {
      var memory = Memory.of(pid);
      heap.add(memory.heap() / (1 << 20));
      resident.add(memory.resident() / (1 << 20));
    }

    void print(Moment base) {
      Table.row(
          name,
          Spread.of(heap).show(1),
          Spread.ofRatios(heap, base.heap).show(2),
          Spread.of(resident).show(1));
    }
  }
}
