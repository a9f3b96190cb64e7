package io.purgeline.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Least, median and most of what was measured in several rounds. */
record Spread(double min, double median, double max) {

  static Spread of(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return new Spread(sorted.getFirst(), quantile(sorted, 0.5), sorted.getLast());
  }

  /** Of each round's quotient: drift between rounds does not touch it. */
  static Spread ofRatios(List<Double> dividends, List<Double> divisors) {
    return of(
        IntStream.range(0, dividends.size())
            .mapToObj(i -> dividends.get(i) / divisors.get(i))
            .toList());
  }

  /** The smallest value that at least this share of the values does not exceed. */
  static double quantile(List<Double> values, double share) {
    var sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  String show(int decimals) {
    var number = "%." + decimals + "f";
    var pattern = number + " / " + number + " / " + number;
    return String.format(Locale.ROOT, pattern, min, median, max);
  }
}
