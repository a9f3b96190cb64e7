package io.purgeline.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the figures were measured on. */
final class Machine {

  private Machine() {}

  static void print() throws IOException, InterruptedException {
    System.out.printf(
        "machine: %d cores (%s), %s, %s %s, load %.1f%n",
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.println(
        "JVM: " + System.getProperty("java.vm.name") + " " + Runtime.version().toString());
    for (var name : new String[] {"minio", "s5cmd", "mc"}) {
      System.out.println(name + ": " + version(name));
    }
    System.out.println("time: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String version(String name) throws InterruptedException {
    try {
      var tool = Tool.find(name);
      if (tool.isEmpty()) {
        return "not found on the PATH or in the cache's bin";
      }
      return tool.get().firstLine(name.equals("s5cmd") ? "version" : "--version");
    } catch (IOException e) {
      return "does not tell its version";
    }
  }

  private static String field(String file, String name) throws IOException {
    var path = Path.of(file);
    if (!Files.isReadable(path)) {
      return "unknown";
    }
    return Files.readAllLines(path).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
