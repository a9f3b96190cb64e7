package io.purgeline.standalone.demo;

import java.util.Map;

/** A job's datasets stay unless somebody says otherwise. */
record JobWithDatasets(Scene scene) implements Story.Chapter {

  private static final int RECORDINGS = 100;

  @Override
  public String title() {
    return "3. A generation job is deleted: without, then with its datasets";
  }

  @Override
  public void play() {
    var first = job();
    var kept = scene.dataset("kept-" + first.substring(0, 8), RECORDINGS, first);
    var without = scene.api().delete("/jobs/" + first).expect(200);
    scene.screen().fact("200 " + without.text("message"));
    scene.verify(without.body().path("datasets_deleted").asInt() == 0, "no dataset was deleted");
    var dataset = scene.api().get("/datasets/" + kept).expect(200).body();
    scene.verify(dataset.path("created_by_job_id").isNull(), "its dataset belongs to no job now");

    var second = job();
    var one = scene.dataset("batch-a-" + second.substring(0, 8), RECORDINGS, second);
    var two = scene.dataset("batch-b-" + second.substring(0, 8), RECORDINGS, second);
    var with = scene.api().delete("/jobs/" + second + "?delete_dataset=true").expect(200);
    for (var deletion : with.body().path("deletions")) {
      scene.purge(deletion.asString(), RECORDINGS);
    }
    scene.verify(with.body().path("datasets_deleted").asInt() == 2, "both datasets were deleted");
    scene.verify(
        scene.recordings().contents(Scene.prefix(one)).isEmpty()
            && scene.recordings().contents(Scene.prefix(two)).isEmpty(),
        "a listing of our own shows nothing");
    scene.verify(
        scene.recordings().contents(Scene.prefix(kept)).size() == RECORDINGS,
        "the dataset that was to stay is complete");
  }

  private String job() {
    var id = Story.newId();
    scene
        .api()
        .post(
            "/jobs",
            Map.of(
                "id",
                id,
                "name",
                "generation-" + id.substring(0, 8),
                "type",
                "synthetic_generation",
                "status",
                "completed"))
        .expect(201);
    return id;
  }
}
