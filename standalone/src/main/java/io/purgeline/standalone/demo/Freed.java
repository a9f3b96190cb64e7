package io.purgeline.standalone.demo;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What the deletions of the story gave back. */
final class Freed {

  private long objects;
  private long bytes;

  void add(JsonNode deletion) {
    objects += deletion.path("objects").path("purged").asLong();
    bytes += deletion.path("bytes").path("purged").asLong();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d objects and files, %s", objects, Screen.bytes(bytes));
  }
}
