package io.purgeline.benchmarks;

import java.util.Optional;

/** By what the sizes are multiplied; less than one for a quick look. */
record Scale(double factor) {

  private static final String NAME = "PURGELINE_BENCH_SCALE";

  Scale {
    if (!(factor > 0 && factor <= 100)) {
      throw new IllegalArgumentException(NAME + " must be above 0 and at most 100: " + factor);
    }
  }

  /** The system property or environment variable PURGELINE_BENCH_SCALE; 1 without. */
  static Scale configured() {
    return new Scale(
        Optional.ofNullable(System.getProperty(NAME))
            .or(() -> Optional.ofNullable(System.getenv(NAME)))
            .map(Double::parseDouble)
            .orElse(1.0));
  }

  int of(int size) {
    return (int) Math.max(1, Math.round(size * factor));
  }
}
