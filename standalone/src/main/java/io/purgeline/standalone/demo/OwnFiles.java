package io.purgeline.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The user's own files: their copy is deleted, they themselves are not touched. */
record OwnFiles(Scene scene, Path original) implements Story.Chapter {

  @Override
  public String title() {
    return "5. A copy of " + original + " is deleted";
  }

  @Override
  public void play() throws IOException {
    var id = Story.newId();
    var copy = scene.root("datasets").resolve(id);
    var before = Trees.contents(original);
    Trees.copy(original, copy);
    scene.screen().fact(before.size() + " files copied");
    var body = Map.of("id", id, "name", "own-files-" + id.substring(0, 8), "type", "files");
    scene.api().post("/datasets", body).expect(201);
    var answer = scene.api().delete("/datasets/" + id).expect(204);
    var deletion = scene.purge(answer.deletionId(), before.size());
    var purged = deletion.path("objects").path("purged").asLong();
    scene.verify(purged == before.size(), "all " + before.size() + " files are counted as purged");
    scene.verify(Files.notExists(copy), "the copy is gone");
    scene.verify(Trees.contents(original).equals(before), "your files are as they were");
  }
}
