package io.purgeline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/**
 * What a JVM holds.
 *
 * @param heap bytes of live objects after full collections: the median of three
 * @param resident bytes of memory the process occupies
 */
record Memory(double heap, double resident) {

  static Memory of(long pid) throws IOException, InterruptedException {
    var live = new ArrayList<Double>();
    for (int i = 0; i < 3; i++) {
      live.add(liveBytes(pid));
    }
    return new Memory(Spread.of(live).median(), residentBytes(pid));
  }

  /** The histogram collects first and adds up what is left. */
  private static double liveBytes(long pid) throws IOException, InterruptedException {
    var jcmd = new Tool(Path.of(System.getProperty("java.home"), "bin", "jcmd"));
    var total =
        jcmd.run(Map.of(), Long.toString(pid), "GC.class_histogram")
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow();
    return Double.parseDouble(total.strip().split("\\s+")[2]);
  }

  private static double residentBytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
