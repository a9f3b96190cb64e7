package io.purgeline.standalone.demo;

import java.io.IOException;
import java.util.Map;

/** Data that nobody deletes, as close to what is deleted as can be. */
final class Neighbours {

  private static final int RECORDINGS = 40;
  private static final String TRAINING = "train_0000000a";

  private final Scene scene;
  private String dataset = "";
  private Map<String, String> objects = Map.of();
  private Map<String, Long> files = Map.of();

  Neighbours(Scene scene) {
    this.scene = scene;
  }

  void settleIn() throws IOException {
    scene.screen().heading("Some data that will stay: a dataset and a training");
    dataset = scene.dataset("neighbour-" + Story.newId().substring(0, 8), RECORDINGS, null);
    var training = Map.of("id", TRAINING, "name", "neighbour", "status", "completed");
    if (scene.api().get("/trainings/" + TRAINING).status() == 404) { // not there from the last time
      scene.api().post("/trainings", training).expect(201);
    }
    Trees.training(scene.root("trainings").resolve(TRAINING), 2);
    objects = scene.recordings().contents(Scene.prefix(dataset));
    files = files();
    scene.screen().fact(objects.size() + " recordings and " + files.size() + " files, summed up");
  }

  void verify() throws IOException {
    var same = scene.recordings().contents(Scene.prefix(dataset)).equals(objects);
    scene.verify(same, "all " + objects.size() + " recordings are there, checksums unchanged");
    scene.verify(
        files().equals(files), "all " + files.size() + " files are there, checksums unchanged");
  }

  private Map<String, Long> files() throws IOException {
    return Trees.contents(scene.root("trainings").resolve(TRAINING));
  }
}
