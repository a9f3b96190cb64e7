package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.deletion.TaskState;
import io.purgeline.freeze.FreezeWatch;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.directories.linux.LinuxDirectoryStore;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The switch that stops all purging, used while a directory is being unlinked. */
class FrozenDirectoryTest {

  private static final int FILES = 3_000;
  private static final long TWO_SECONDS = 2_000_000_000;

  private final Pipeline pipeline = Pipeline.started("worker.lease=1m");
  private final Path directory = pipeline.root("slow").resolve("run-1");
  private final SlowRoot root =
      new SlowRoot(LinuxDirectoryStore.open(pipeline.root("slow"), 1), Duration.ofMillis(5));
  private final LiveNeighbours neighbours = new LiveNeighbours(pipeline.objects());

  @AfterEach
  void neighboursAreUntouched() {
    try {
      neighbours.assertUntouched();
    } finally {
      root.close();
      pipeline.close();
    }
  }

  @Test
  void unlinksNothingMoreWithinTwoSecondsAndGoesOnWhenThawed() {
    Tree.fill(directory, FILES, 10);
    neighbours.settleBeside(directory);
    patiently().until(() -> !isFrozen());
    var deletion = pipeline.training().at("dir://slow/run-1").commit();
    var ordered = new AtomicBoolean();
    try (var consumer = Executors.newSingleThreadExecutor()) {
      var slices = consumer.submit(() -> executeUntil(ordered::get, deletion));
      patiently().until(() -> left(deletion) < FILES - 100);

      pipeline.freeze();

      var frozenAt = System.nanoTime();
      ordered.set(true);
      patiently().until(() -> System.nanoTime() - frozenAt > TWO_SECONDS);
      var left = left(deletion);
      patiently().until(slices::isDone);
      assertThat(left - left(deletion)).as("what was being unlinked").isBetween(0L, 1L);
      assertThat(left(deletion)).isPositive();
    }
    var frozen = deletion.task();
    assertThat(frozen.state()).isEqualTo(TaskState.WAITING);
    assertThat(frozen.attempts()).isZero();
    assertThat(frozen.objects().purged()).isPositive().isEqualTo(FILES - left(deletion));
    execute(deletion);
    assertThat(deletion.task().objects()).isEqualTo(frozen.objects());

    pipeline.thaw();

    patiently().until(() -> !isFrozen());
    root.hurry();
    executeUntil(() -> deletion.state() == PURGED, deletion);
    assertThat(deletion.await(PURGED).objects().purged()).isEqualTo(FILES);
    assertThat(directory).doesNotExist();
  }

  private boolean isFrozen() {
    return pipeline.bean(FreezeWatch.class).isFrozen();
  }

  private long left(Deletion deletion) {
    var trash = directory.resolveSibling(".purgeline-trash").resolve(deletion.task().id() + "");
    return trash.toFile().exists()
        ? Tree.output("find", trash.toString(), "-type", "f").lines().count()
        : FILES;
  }

  /** Slice by slice: on a machine that stands still for a while purging counts as frozen. */
  private void executeUntil(BooleanSupplier done, Deletion deletion) {
    patiently()
        .until(() -> {
          execute(deletion);
          return done.getAsBoolean();
        });
  }

  /** What a worker does with the task's message; the queue of this root has no consumer. */
  private void execute(Deletion deletion) {
    var directories =
        new DirectoryPurge(
            location -> root,
            pipeline.bean(DirectoryLedger.class),
            pipeline.bean(Completion.class),
            pipeline.bean(PurgeListener.class));
    var task = deletion.task();
    new PurgeExecutor(
            pipeline.bean(TaskClaims.class),
            pipeline.bean(Slices.class),
            new PurgesByKind(directories, directories, directories, location -> Optional.empty()),
            pipeline.bean(Conclusion.class),
            pipeline.bean(PurgeListener.class),
            pipeline.bean(PurgelineProperties.class).retry())
        .execute(new TaskRef(task.id(), task.generation()));
  }
}
