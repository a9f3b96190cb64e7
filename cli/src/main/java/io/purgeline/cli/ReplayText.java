package io.purgeline.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What is said of a replay. */
final class ReplayText {

  private ReplayText() {}

  static Table table() {
    return new Table(
        "ID", "STATE", "STEP", "TOTAL", "RESOLVED", "FAILED", "LEFT", "BY", "CREATED", "REASON");
  }

  static void row(Table table, JsonNode replay) {
    table.row(
        Readable.text(replay, "id"),
        Readable.text(replay, "state"),
        Readable.text(replay, "step"),
        Readable.text(replay, "total"),
        Readable.text(replay, "resolved"),
        Readable.text(replay, "failed_again"),
        Readable.text(replay, "remaining"),
        Readable.text(replay, "by"),
        Readable.time(replay, "created_at"),
        Readable.text(replay, "reason"));
  }

  /** How it stands, and why it stopped if it did. */
  static void tell(Screen screen, JsonNode replay) {
    long total = replay.path("total").asLong();
    long resolved = replay.path("resolved").asLong();
    long failed = replay.path("failed_again").asLong();
    long left = replay.path("remaining").asLong();
    screen.line(
        "%s: %s, %d of %d resolved, %d failed again, %d left as they were%s",
        Readable.text(replay, "id"),
        Readable.text(replay, "state"),
        resolved,
        total,
        failed,
        left,
        others(total - resolved - failed - left));
    var because = Readable.text(replay, "aborted_because");
    if (!because.isEmpty()) {
      screen.line("Aborted: %s", because);
    }
  }

  /** Of an aborted one, some may still be under way; else somebody decided about them meanwhile. */
  private static String others(long others) {
    return others == 0 ? "" : ", " + others + " without outcome";
  }

  /** How many were passed over and why; empty if none was. */
  static String skipped(JsonNode skipped) {
    return skipped.properties().stream()
        .filter(reason -> reason.getValue().asLong() > 0)
        .map(reason -> reason.getValue().asLong() + " " + reason.getKey().replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
