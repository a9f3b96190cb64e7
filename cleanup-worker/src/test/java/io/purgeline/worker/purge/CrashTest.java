package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.Tree;
import io.purgeline.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Worker processes that are killed in the middle of a purge, while others wait to take over:
 * everything is purged, and what was purged is exactly what was there.
 */
class CrashTest {

  /** More than may be lost in a row without any progress. */
  private static final int MANY_KILLS = 6;

  private static final int KILLS = Boolean.getBoolean("purgeline.test.all") ? MANY_KILLS : 3;

  /** Between two kills. */
  private static final int PROGRESS = 500;

  private static final int OBJECTS = 18_000;
  private static final int FILES = 60_000;
  private static final String OBJECTS_PER_SECOND = "purge.max-objects-per-second=2000";
  private static final String ONE_THREAD = "purge.concurrency=1";

  private final List<WorkerProcess> launched = new ArrayList<>();
  private Pipeline pipeline;
  private LiveNeighbours neighbours;

  @BeforeEach
  void start() {
    pipeline = Pipeline.on(Servers.shared());
    neighbours = new LiveNeighbours(pipeline.objects());
  }

  @AfterEach
  void neighboursAreUntouched() {
    try {
      neighbours.assertUntouched();
    } finally {
      launched.forEach(WorkerProcess::close);
      pipeline.close();
    }
  }

  @Test
  void countsObjectsExactlyWhenWorkersAreKilled() {
    launchTwo(OBJECTS_PER_SECOND);
    var keys = pipeline.fill(pipeline.bucket(), "run-1/", OBJECTS, 10);
    var uri = "s3://main/" + pipeline.bucket() + "/run-1/";
    neighbours.settleBeside(pipeline.bucket(), "run-1/");
    var deletion = pipeline.dataset().at(uri).registered(keys, 10).commit();

    killHolders(MANY_KILLS, deletion, OBJECTS_PER_SECOND, () -> deletion.task().objects().purged());
    pipeline.start(OBJECTS_PER_SECOND);

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(OBJECTS));
    assertThat(task.bytes()).isEqualTo(Tally.purged(OBJECTS * 10L));
    assertThat(deletion.samples()).isZero();
    assertThat(deletion.deadLetters()).isEmpty();
    assertThat(pipeline.objects().listVersions(pipeline.bucket(), "run-1/")).isEmpty();
  }

  @Test
  void countsFilesExactlyWhenWorkersAreKilled() {
    launchTwo(ONE_THREAD);
    var trainings = pipeline.root("trainings");
    Tree.fill(trainings.resolve("run-1"), FILES, 10);
    neighbours.settleBeside(trainings.resolve("run-1"));
    var deletion = pipeline.training().at("dir://trainings/run-1").commit();

    killHolders(KILLS, deletion, ONE_THREAD, () -> unlinked(trainings));
    pipeline.start(ONE_THREAD);

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(FILES));
    assertThat(task.bytes()).isEqualTo(Tally.purged(FILES * 10L));
    assertThat(trainings.resolve("run-1")).doesNotExist();
  }

  private void launchTwo(String setting) {
    launch(setting);
    launch(setting);
  }

  /** Whoever takes over from it waits neither for its lease nor for its last request for long. */
  private WorkerProcess launch(String setting) {
    var worker = pipeline.launch(setting, "worker.lease=2s", "worker.request-timeout=3s");
    launched.add(worker);
    return worker;
  }

  /**
   * Kills whoever holds the task, after so much progress each time; the other worker takes over and
   * a new one begins. The last one, in this JVM, may finish.
   */
  private void killHolders(int kills, Deletion deletion, String setting, LongSupplier gone) {
    var alive = new ArrayList<>(launched);
    for (int kill = 1; kill <= kills; kill++) {
      var holder = patiently().until(() -> holder(alive, deletion), Objects::nonNull);
      var next = gone.getAsLong() + PROGRESS;
      patiently().until(() -> gone.getAsLong() >= next);
      holder.kill();
      alive.remove(holder);
      assertThat(deletion.task().state()).as("killed on the way").isNotEqualTo(TaskState.DONE);
      if (kill < kills) {
        alive.add(launch(setting));
      }
    }
  }

  private static @Nullable WorkerProcess holder(List<WorkerProcess> workers, Deletion deletion) {
    var owner = deletion.task().leaseOwner();
    return workers.stream().filter(worker -> worker.holds(owner)).findFirst().orElse(null);
  }

  /** How many files the task is known to have unlinked, by what is left in the trash. */
  private static long unlinked(Path root) {
    if (Files.exists(root.resolve("run-1"))) {
      return 0;
    }
    var left = Tree.output("find", root.resolve(".purgeline-trash").toString(), "-type", "f");
    return FILES - left.lines().count();
  }
}
