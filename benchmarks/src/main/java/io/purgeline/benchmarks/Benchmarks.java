package io.purgeline.benchmarks;

/** Runs the benchmark that is named. */
public final class Benchmarks {

  private Benchmarks() {}

  /** Ends with exit code 2 when there is no benchmark of that name. */
  public static void main(String[] args) throws Exception {
    // A file of its own, and a property, so that the processes started from here log as always.
    System.setProperty("logback.configurationFile", "benchmarks-logback.xml");
    var benchmark = named(args.length == 1 ? args[0] : "");
    var scale = Scale.configured();
    System.out.println(args[0] + ", scale " + scale.factor());
    Machine.print();
    benchmark.run(scale);
    System.exit(0); // clients keep threads
  }

  private static Benchmark named(String name) {
    return switch (name) {
      case "purge" -> new PurgeBenchmark();
      case "directory" -> new DirectoryBenchmark();
      case "delete-latency" -> new LatencyBenchmark();
      case "memory" -> new MemoryBenchmark();
      case "replay" -> new ReplayBenchmark();
      case "dead-letters" -> new DeadLettersBenchmark();
      default -> {
        System.err.println(
            "name one of: purge, directory, delete-latency, memory, replay, dead-letters");
        System.exit(2);
        throw new AssertionError();
      }
    };
  }
}
