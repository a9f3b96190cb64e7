package io.purgeline.standalone.demo;

/** A dataset of some thousand objects. */
record BigDataset(Scene scene) implements Story.Chapter {

  private static final int RECORDINGS = 3_000;

  @Override
  public String title() {
    return "2. A dataset of " + RECORDINGS + " recordings is deleted";
  }

  @Override
  public void play() {
    var name = "synthetic-v1-" + Story.newId().substring(0, 8);
    var dataset = scene.dataset(name, RECORDINGS, null);
    var before = scene.recordings().contents(Scene.prefix(dataset)).size();
    var answer = scene.api().delete("/datasets/" + dataset).expect(204);
    scene.screen().fact("204 after " + answer.millis() + " ms; a worker purges");
    var deletion = scene.purge(answer.deletionId(), RECORDINGS);
    var purged = deletion.path("objects").path("purged").asLong();
    scene.verify(purged == before, "all " + before + " objects are counted as purged");
    scene.verify(
        scene.recordings().contents(Scene.prefix(dataset)).isEmpty(),
        "a listing of our own shows nothing");
    scene.api().get("/datasets/" + dataset).expect(404);
    scene.verify(true, "the record is gone; the deletion " + answer.deletionId() + " remains");
  }
}
