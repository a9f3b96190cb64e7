package io.purgeline.standalone.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Follows a deletion to its end. */
final class Watch {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Api api;
  private final Screen screen;

  Watch(Api api, Screen screen) {
    this.api = api;
    this.screen = screen;
  }

  /** Waits until nothing is left to do; answers the deletion as the API tells it. */
  JsonNode untilPurged(String deletionId, long expected) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var deletion = api.get("/deletions/" + deletionId).expect(200).body();
      var objects = deletion.path("objects");
      var done = objects.path("purged").asLong() + objects.path("already_absent").asLong();
      var state = deletion.path("state").asString();
      if (state.equals("PURGED")) {
        screen.bar("purged", done, done);
        return deletion;
      }
      if (state.equals("DEAD") || System.nanoTime() > deadline) {
        throw new StoryException("the deletion is " + state + ": " + deletion.path("tasks"));
      }
      screen.bar("purged", Math.min(done, expected - 1), expected);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
