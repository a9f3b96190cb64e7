package io.purgeline.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** A training directory with checkpoints. */
record Training(Scene scene) implements Story.Chapter {

  @Override
  public String title() {
    return "4. A training is deleted, with its directory";
  }

  @Override
  public void play() throws IOException {
    var id = "train_" + Story.newId().substring(0, 8);
    var directory = scene.root("trainings").resolve(id);
    Trees.training(directory, 8);
    var before = Trees.contents(directory).size();
    scene
        .api()
        .post("/trainings", Map.of("id", id, "name", "demo " + id, "status", "completed"))
        .expect(201);
    var answer = scene.api().delete("/trainings/" + id).expect(204);
    scene.screen().fact("204 after " + answer.millis() + " ms; a worker purges");
    var deletion = scene.purge(answer.deletionId(), before);
    var purged = deletion.path("objects").path("purged").asLong();
    scene.verify(purged == before, "all " + before + " files are counted as purged");
    scene.verify(Files.notExists(directory), "the directory is gone");
  }
}
