package io.purgeline.benchmarks;

/** One benchmark: prepares everything, measures, prints, removes what it made. */
interface Benchmark {

  /** How often everything is measured, interleaved. */
  int ROUNDS = 3;

  void run(Scale scale) throws Exception;
}
