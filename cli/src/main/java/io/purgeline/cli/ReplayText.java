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
        isBegun(replay) ? Readable.text(replay, "step") : "",
        Readable.text(replay, "total"),
        Readable.text(replay, "resolved"),
        Readable.text(replay, "failed_again"),
        Readable.text(replay, "remaining"),
        Readable.text(replay, "by"),
        Readable.time(replay, "created_at"),
        Readable.text(replay, "reason"));
  }

  /** {@code RUNNING, step 2:}; while purging is frozen, {@code RUNNING (frozen), step 2:}. */
  static String underWay(JsonNode replay) {
    var frozen = replay.path("frozen").asBoolean() ? " (frozen)" : "";
    var state = Readable.text(replay, "state") + frozen;
    return isBegun(replay) ? state + ", step " + replay.path("step").asInt() + ":" : state + ":";
  }

  /** Until its first letter is put back, it is in no step. */
  static boolean isBegun(JsonNode replay) {
    return replay.path("step").asInt() > 0;
  }

  /** How it stands, and why it stopped if it did. */
  static void tell(Screen screen, JsonNode replay) {
    screen.line("%s: %s", Readable.text(replay, "id"), outcome(replay));
    var because = Readable.text(replay, "aborted_because");
    if (!because.isEmpty()) {
      screen.line("Aborted: %s", because);
    }
    if (replay.path("frozen").asBoolean()) {
      screen.line("Purging is frozen: what was put back waits until that ends.");
    }
  }

  /**
   * {@code DONE, 3 of 5 resolved, 1 failed again, 1 decided otherwise meanwhile}. What is in a
   * replay and is decided otherwise before it was put back has no outcome in it.
   */
  static String outcome(JsonNode replay) {
    long total = replay.path("total").asLong();
    long resolved = replay.path("resolved").asLong();
    long failed = replay.path("failed_again").asLong();
    var state = Readable.text(replay, "state");
    var told = "%s, %d of %d resolved, %d failed again".formatted(state, resolved, total, failed);
    if (state.equals("DONE")) {
      return told + others(total - resolved - failed, "decided otherwise meanwhile");
    }
    return told
        + ", %d left as they were".formatted(replay.path("remaining").asLong())
        + others(replay.path("replayed").asLong() - resolved - failed, "without outcome yet");
  }

  private static String others(long number, String what) {
    return number <= 0 ? "" : ", " + number + " " + what;
  }

  /** How many were passed over and why; empty if none was. */
  static String skipped(JsonNode skipped) {
    return skipped.properties().stream()
        .filter(reason -> reason.getValue().asLong() > 0)
        .map(reason -> reason.getValue().asLong() + " " + reason.getKey().replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
