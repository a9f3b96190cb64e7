package io.purgeline.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The figures that a gateway shows to Prometheus, by name; one for each set of labels. */
record Metrics(Map<String, List<Double>> figures) {

  private static final Pattern SERIES =
      Pattern.compile(
          "^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{.*})? ([^ \\n]+)(?: .*)?$", Pattern.MULTILINE);

  /** Reads the text format; what does not look like it is left out. */
  static Metrics of(String text) {
    var figures = new HashMap<String, List<Double>>();
    var series = SERIES.matcher(text);
    while (series.find()) {
      try {
        figures
            .computeIfAbsent(series.group(1), name -> new ArrayList<>())
            .add(Double.valueOf(series.group(2)));
      } catch (NumberFormatException e) {
        // +Inf and the like: no figure that is asked for
      }
    }
    return new Metrics(figures);
  }

  /** The earliest of several times in seconds since 1970, of which 0 is none. */
  Optional<Instant> earliest(String name) {
    return figures.getOrDefault(name, List.of()).stream()
        .filter(seconds -> seconds > 0)
        .min(Double::compare)
        .map(seconds -> Instant.ofEpochMilli((long) (seconds * 1_000)));
  }

  /** A count. */
  OptionalLong count(String name) {
    return figures.getOrDefault(name, List.of()).stream().mapToLong(Double::longValue).findFirst();
  }
}
