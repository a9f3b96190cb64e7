package io.purgeline.standalone.demo;

import io.purgeline.standalone.Stack;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the chapters share. */
final class Scene {

  private final Stack stack;
  private final Screen screen;
  private final Api api;
  private final Recordings recordings;
  private final Freed freed;

  Scene(Stack stack, Screen screen, Freed freed) {
    this.stack = stack;
    this.screen = screen;
    this.api = new Api(stack.api(), stack.login());
    this.recordings = new Recordings(stack.objectStore(), screen);
    this.freed = freed;
  }

  /** A dataset with so many recordings, uploaded and registered. Answers its id. */
  String dataset(String name, int recordingCount, @Nullable String jobId) {
    var id = Story.newId();
    api.post("/datasets", Story.dataset(id, name, jobId)).expect(201);
    var lines = recordings.upload(prefix(id), recordingCount);
    api.postLines("/datasets/" + id + "/samples", lines).expect(201);
    return id;
  }

  static String prefix(String datasetId) {
    return "synthetic/" + datasetId + "/";
  }

  /** Follows the deletion to its end and adds up what it freed. */
  JsonNode purge(String deletionId, long expected) {
    var deletion = new Watch(api, screen).untilPurged(deletionId, expected);
    freed.add(deletion);
    return deletion;
  }

  void verify(boolean holds, String what) {
    if (!holds) {
      throw new StoryException("not so: " + what);
    }
    screen.verified(what);
  }

  Path root(String name) {
    return stack.root(name);
  }

  Api api() {
    return api;
  }

  Recordings recordings() {
    return recordings;
  }

  Screen screen() {
    return screen;
  }
}
