package io.purgeline.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Figures and texts as people read them. */
final class Readable {

  private Readable() {}

  /** A field as text; empty if it is null or missing. */
  static String text(JsonNode node, String field) {
    var value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "" : value.asString();
  }

  /** A field that is a time, to the second. */
  static String time(JsonNode node, String field) {
    var text = text(node, field);
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  /** A field that is a number of bytes. */
  static String bytes(JsonNode node, String field) {
    return bytes(node.path(field).asLong());
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double value = bytes;
    var unit = -1;
    do {
      value /= 1_000;
      unit++;
    } while (value >= 999.95); // which would be written as 1000.0
    return String.format(Locale.ROOT, "%.1f %sB", value, "kMGTPE".charAt(unit));
  }

  /** The two largest units: {@code 3d 4h}, {@code 5m 12s}, {@code 0s}. */
  static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "0s";
    }
    if (duration.toDays() > 0) {
      return duration.toDays() + "d " + duration.toHoursPart() + "h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + "h " + duration.toMinutesPart() + "m";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
    }
    return duration.toSeconds() + "s";
  }

  /** In one line, without characters that could move the cursor or colour what follows. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]", "?");
  }

  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
