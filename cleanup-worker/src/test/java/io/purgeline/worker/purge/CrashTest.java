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

  private static final int KILLS = 3;
  private static final String OBJECTS_PER_SECOND = "purge.max-objects-per-second=4000";
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
    launch(OBJECTS_PER_SECOND);
    var keys = pipeline.fill(pipeline.bucket(), "run-1/", 20_000, 10);
    var uri = "s3://main/" + pipeline.bucket() + "/run-1/";
    neighbours.settleBeside(pipeline.bucket(), "run-1/");
    var deletion = pipeline.dataset().at(uri).registered(keys, 10).commit();

    killHolders(deletion, () -> deletion.task().objects().purged(), 4_000);
    pipeline.start(OBJECTS_PER_SECOND);

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(20_000));
    assertThat(task.bytes()).isEqualTo(Tally.purged(200_000));
    assertThat(deletion.samples()).isZero();
    assertThat(deletion.deadLetters()).isEmpty();
    assertThat(pipeline.objects().listVersions(pipeline.bucket(), "run-1/")).isEmpty();
  }

  @Test
  void countsFilesExactlyWhenWorkersAreKilled() {
    launch(ONE_THREAD);
    var trainings = pipeline.root("trainings");
    Tree.fill(trainings.resolve("run-1"), 20_000, 10);
    neighbours.settleBeside(trainings.resolve("run-1"));
    var deletion = pipeline.training().at("dir://trainings/run-1").commit();

    killHolders(deletion, () -> unlinked(trainings), 3_000);
    pipeline.start(ONE_THREAD);

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(20_000));
    assertThat(task.bytes()).isEqualTo(Tally.purged(200_000));
    assertThat(trainings.resolve("run-1")).doesNotExist();
  }

  private void launch(String setting) {
    for (int i = 0; i < KILLS; i++) {
      launched.add(pipeline.launch(setting));
    }
  }

  /**
   * Kills whoever holds the task, after so much progress each time; another worker takes over. The
   * last one, in this JVM, may finish.
   */
  private void killHolders(Deletion deletion, LongSupplier gone, long progress) {
    var alive = new ArrayList<>(launched);
    for (int kill = 1; kill <= KILLS; kill++) {
      var next = kill * progress;
      var holder = patiently().until(() -> holder(alive, deletion), Objects::nonNull);
      patiently().until(() -> gone.getAsLong() >= next);
      holder.kill();
      alive.remove(holder);
      assertThat(deletion.task().state()).as("killed on the way").isNotEqualTo(TaskState.DONE);
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
    return 20_000 - left.lines().count();
  }
}
