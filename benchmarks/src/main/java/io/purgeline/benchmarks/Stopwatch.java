package io.purgeline.benchmarks;

import java.util.concurrent.Callable;

/** How long things take. */
final class Stopwatch {

  private Stopwatch() {}

  static double seconds(Callable<?> work) throws Exception {
    var start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e9;
  }
}
