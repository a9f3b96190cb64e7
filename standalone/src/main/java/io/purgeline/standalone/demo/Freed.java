package io.purgeline.standalone.demo;

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
    return String.format("%,d objects and files, %s", objects, Screen.bytes(bytes));
  }
}
