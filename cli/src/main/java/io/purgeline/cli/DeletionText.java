package io.purgeline.cli;

import tools.jackson.databind.JsonNode;

/** What is said of a deletion. */
final class DeletionText {

  private DeletionText() {}

  /** What became of it, and what a person can do about it. */
  static void ended(Screen screen, JsonNode deletion) {
    var id = Readable.text(deletion, "id");
    var state = Readable.text(deletion, "state");
    screen.line(
        "%s: %s, %s purged, %s",
        id,
        state,
        Readable.plural(deletion.path("objects").path("purged").asLong(), "object"),
        Readable.bytes(deletion.path("bytes"), "purged"));
    switch (state) {
      case "DEAD" -> screen.line("It gave up: %s dead-letters ls --deletion %s", Ctl.NAME, id);
      case "RETAINED" -> screen.line("The rest is locked, and goes when the lock ends.");
      case "INCOMPLETE" -> screen.line("Something was discarded: its bytes stay.");
      default -> {}
    }
  }
}
