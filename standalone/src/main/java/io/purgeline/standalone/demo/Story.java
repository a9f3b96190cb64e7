package io.purgeline.standalone.demo;

import io.purgeline.standalone.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The main job, on real files: what is protected stays, what is deleted is gone, and the neighbours
 * never notice.
 */
public final class Story {

  private static final String DELETIONS = "io.purgeline.deletion";

  private final Screen screen;
  private final List<Chapter> chapters;
  private final Neighbours neighbours;
  private final Freed freed = new Freed();

  public Story(Stack stack, @Nullable Path ownFiles) {
    this.screen = new Screen(System.out, System.console() != null && System.console().isTerminal());
    var scene = new Scene(stack, screen, freed);
    this.neighbours = new Neighbours(scene);
    this.chapters =
        new ArrayList<>(
            List.of(
                new ProtectedDataset(scene),
                new BigDataset(scene),
                new JobWithDatasets(scene),
                new Training(scene)));
    if (ownFiles != null) {
      chapters.add(new OwnFiles(scene, ownFiles));
    }
  }

  /**
   * Tells it.
   *
   * @return whether every step was verified
   */
  public boolean tell() {
    var logging = LoggingSystem.get(Story.class.getClassLoader());
    logging.setLogLevel(DELETIONS, LogLevel.OFF); // the screen shows the same, and more
    try {
      return toldToTheEnd();
    } finally {
      logging.setLogLevel(DELETIONS, LogLevel.INFO);
    }
  }

  private boolean toldToTheEnd() {
    try {
      neighbours.settleIn();
      for (var chapter : chapters) {
        screen.heading(chapter.title());
        chapter.play();
      }
      screen.heading("The neighbours");
      neighbours.verify();
      screen.heading("Freed: " + freed + ". Every step was verified.");
      return true;
    } catch (StoryException | IOException e) {
      screen.failed(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** One step of the story. */
  interface Chapter {

    String title();

    /** Plays it and checks it; throws {@link StoryException} if something is not as it must be. */
    void play() throws IOException;
  }

  /** An id for something new. */
  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** The body of a new dataset. */
  static Map<String, ?> dataset(String id, String name, @Nullable String jobId) {
    return jobId == null
        ? Map.of("id", id, "name", name, "type", "iq_raw")
        : Map.of("id", id, "name", name, "type", "iq_raw", "created_by_job_id", jobId);
  }
}
