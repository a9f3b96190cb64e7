package io.purgeline.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A worker with a small heap purges a million objects: what it holds must not grow with them. */
final class MemoryBenchmark implements Benchmark {

  private static final int OBJECTS = 1_000_000;
  private static final int PARTS = 20;
  private static final String HEAP = "-Xmx256m";

  @Override
  public void run(Scale scale) throws Exception {
    var objects = scale.of(OBJECTS);
    System.out.printf("%d objects, worker with %s%n", objects, HEAP);
    try (var installation = BenchInstallation.start(List.of(HEAP), List.of())) {
      warmUp(installation);
      fill(installation, objects / PARTS);
      var dataset = installation.catalogue.register("all/", objects);
      installation.catalogue.settle();
      measure(installation, dataset, objects / PARTS * PARTS);
    }
  }

  private static void fill(BenchInstallation installation, int objectsEach) throws Exception {
    var template =
        Template.upload(installation.minio, installation.s3, installation.bucket, objectsEach, 256);
    for (int part = 0; part < PARTS; part++) {
      template.copyTo("all/part-" + part + "/");
    }
  }

  private static void warmUp(BenchInstallation installation) throws Exception {
    installation.s3.putMany(installation.bucket, "warm-up/", 2_000, 256);
    var dataset = installation.catalogue.register("warm-up/", 2_000);
    installation.catalogue.awaitPurged(installation.catalogue.delete(dataset));
  }

  private static void measure(BenchInstallation installation, String dataset, int objects)
      throws IOException, InterruptedException {
    var catalogue = installation.catalogue;
    var deletion = catalogue.delete(dataset);
    catalogue.awaitObjects(deletion, objects / 10);
    var first = Memory.of(installation.worker.pid());
    catalogue.awaitObjects(deletion, objects * 9L / 10);
    var late = Memory.of(installation.worker.pid());
    catalogue.awaitPurged(deletion);
    var last = Memory.of(installation.worker.pid());
    Table.header("purged", "live heap MiB", "ratio to 10 %", "resident MiB");
    row("10 %", first, first);
    row("90 %", late, first);
    row("100 %", last, first);
  }

  private static void row(String when, Memory memory, Memory first) {
    Table.row(
        when,
        mebibytes(memory.heap()),
        String.format(Locale.ROOT, "%.2f", memory.heap() / first.heap()),
        mebibytes(memory.resident()));
  }

  private static String mebibytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (1 << 20));
  }
}
