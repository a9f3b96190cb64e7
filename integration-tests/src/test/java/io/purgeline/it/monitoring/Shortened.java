package io.purgeline.it.monitoring;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files that are shipped, with every time in them replaced by a short one and nothing else
 * changed. How long something must last or is looked back upon: {@code for: 15m}, {@code [5m]},
 * {@code offset 22h}, {@code group_wait: 30s} and the like. What an age is compared with: every
 * number of 60 or more after a comparison or a comma, since only seconds are that many in the
 * rules. In both tables longer times stay longer; an hour, which the promise is about, stays far
 * above what any other alert needs to fire and to end.
 */
final class Shortened {

  /** Seconds for seconds. */
  private static final Map<Long, Integer> LASTING =
      Map.ofEntries(
          Map.entry(10L, 1),
          Map.entry(15L, 1),
          Map.entry(30L, 1),
          Map.entry(minutes(1), 5),
          Map.entry(minutes(5), 6),
          Map.entry(minutes(10), 7),
          Map.entry(minutes(15), 8),
          Map.entry(minutes(20), 20),
          Map.entry(minutes(30), 25),
          Map.entry(hours(1), 40),
          Map.entry(hours(2), 41),
          Map.entry(hours(4), 42),
          Map.entry(hours(6), 43),
          Map.entry(hours(12), 44),
          Map.entry(hours(22), 45),
          Map.entry(hours(24), 46),
          Map.entry(hours(72), 50));

  /** Figures are read from the database every 5 s, so no age can be told exactly. */
  private static final Map<Long, Integer> AGES =
      Map.of(minutes(1), 12, minutes(10), 30, minutes(30), 42, hours(1), 100, hours(24), 120);

  private static final Map<String, Long> UNITS =
      Map.of("s", 1L, "m", minutes(1), "h", hours(1), "d", hours(24));

  private static final Pattern DURATION =
      Pattern.compile("(?<=for: |interval: |wait: |\\[|offset )(\\d+)([smhd])\\b");

  private static final Pattern SECONDS =
      Pattern.compile("(?<=[<>] |bool |, )(\\d{2,})(?=\\)|\\s|$)", Pattern.MULTILINE);

  private Shortened() {}

  static String shorten(String yaml) {
    return yaml.lines()
        .filter(line -> !line.strip().startsWith("#"))
        .map(Shortened::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(String line) {
    var times =
        DURATION
            .matcher(line)
            .replaceAll(
                found -> shortOf(Long.parseLong(found.group(1)) * unit(found), LASTING) + "s");
    return SECONDS
        .matcher(times)
        .replaceAll(found -> {
          var seconds = Long.parseLong(found.group(1));
          return seconds < minutes(1) ? found.group() : String.valueOf(shortOf(seconds, AGES));
        });
  }

  private static long unit(MatchResult found) {
    return UNITS.get(found.group(2));
  }

  private static int shortOf(long seconds, Map<Long, Integer> table) {
    var instead = table.get(seconds);
    if (instead == null) {
      throw new IllegalArgumentException("how long are " + seconds + " s in a test?");
    }
    return instead;
  }

  private static long minutes(int minutes) {
    return minutes * 60L;
  }

  private static long hours(int hours) {
    return hours * 3600L;
  }
}
