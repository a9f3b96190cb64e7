package io.purgeline.standalone.demo;

import java.util.List;
import java.util.Map;

/** A dataset that an active model was trained on. */
record ProtectedDataset(Scene scene) implements Story.Chapter {

  @Override
  public String title() {
    return "1. A dataset that an active model uses can't be deleted";
  }

  @Override
  public void play() {
    var suffix = Story.newId().substring(0, 8);
    var dataset = scene.dataset("field-recordings-" + suffix, 20, null);
    var model = Story.newId();
    scene
        .api()
        .post(
            "/models",
            Map.of(
                "id",
                model,
                "name",
                "localization-" + suffix,
                "version",
                "1",
                "dataset_ids",
                List.of(dataset),
                "is_active",
                true))
        .expect(201);
    var refusal = scene.api().delete("/datasets/" + dataset).expect(409);
    scene.screen().fact("409 " + refusal.text("detail"));
    scene.verify(
        scene.recordings().contents(Scene.prefix(dataset)).size() == 20, "nothing was deleted");
  }
}
