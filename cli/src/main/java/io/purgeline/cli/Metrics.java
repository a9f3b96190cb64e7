package io.purgeline.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The figures that a gateway shows to Prometheus. */
record Metrics(List<Series> series) {

  private static final Pattern LINE =
      Pattern.compile(
          "^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? ([^ \\n]+)(?: .*)?$", Pattern.MULTILINE);

  /** One figure; the labels as they are written. */
  record Series(String name, String labels, double value) {

    boolean has(String label, String value) {
      return Pattern.compile("[{,]" + label + "=\"" + Pattern.quote(value) + "\"")
          .matcher(labels)
          .find();
    }
  }

  /** Reads the text format; what does not look like it is left out. */
  static Metrics of(String text) {
    var series = new ArrayList<Series>();
    var lines = LINE.matcher(text);
    while (lines.find()) {
      var labels = lines.group(2) == null ? "" : lines.group(2);
      try {
        series.add(new Series(lines.group(1), labels, Double.parseDouble(lines.group(3))));
      } catch (NumberFormatException e) {
        // +Inf and the like: no figure that is asked for
      }
    }
    return new Metrics(List.copyOf(series));
  }

  /** The earliest of several times in seconds since 1970, of which 0 is none. */
  Optional<Instant> earliest(String name) {
    return named(name)
        .map(Series::value)
        .filter(seconds -> seconds > 0)
        .min(Double::compare)
        .map(seconds -> Instant.ofEpochMilli((long) (seconds * 1_000)));
  }

  /** A count. */
  OptionalLong count(String name) {
    return named(name).mapToLong(one -> (long) one.value()).findFirst();
  }

  /** The sum of all figures of this name. */
  long sum(String name) {
    return named(name).mapToLong(one -> (long) one.value()).sum();
  }

  /** The sum of those where a label has this value. */
  long sum(String name, String label, String value) {
    return named(name)
        .filter(one -> one.has(label, value))
        .mapToLong(one -> (long) one.value())
        .sum();
  }

  private Stream<Series> named(String name) {
    return series.stream().filter(one -> one.name().equals(name));
  }
}
