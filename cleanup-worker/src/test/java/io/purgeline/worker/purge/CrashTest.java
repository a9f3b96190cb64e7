package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Worker processes that are killed in the middle of a purge: everything is purged, and what was
 * purged is exactly what was there.
 */
class CrashTest {

  private static final int KILLS = 3;

  private Pipeline pipeline;

  @BeforeEach
  void start() {
    pipeline = Pipeline.on(Servers.shared());
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void countsObjectsExactlyWhenWorkersAreKilled() {
    var keys = pipeline.fill(pipeline.bucket(), "run-1/", 20_000, 10);
    pipeline.objects().put(pipeline.bucket(), "run-10/live", new byte[1]);
    var uri = "s3://main/" + pipeline.bucket() + "/run-1/";
    var deletion = pipeline.dataset().at(uri).registered(keys, 10).commit();

    killSeveralWorkers(
        () -> deletion.task().objects().purged(), 4_000, "purge.max-objects-per-second=4000");

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(20_000));
    assertThat(task.bytes()).isEqualTo(Tally.purged(200_000));
    assertThat(deletion.samples()).isZero();
    assertThat(deletion.deadLetters()).isEmpty();
    assertThat(pipeline.objects().listVersions(pipeline.bucket(), "run-1/")).isEmpty();
    assertThat(pipeline.objects().contents(pipeline.bucket(), "")).containsOnlyKeys("run-10/live");
  }

  @Test
  void countsFilesExactlyWhenWorkersAreKilled() {
    var trainings = pipeline.root("trainings");
    Tree.fill(trainings.resolve("run-1"), 20_000, 10);
    Tree.file(trainings.resolve("run-10/live"), "live");
    var deletion = pipeline.training().at("dir://trainings/run-1").commit();

    killSeveralWorkers(() -> unlinked(trainings), 3_000, "purge.concurrency=1");

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(20_000));
    assertThat(task.bytes()).isEqualTo(Tally.purged(200_000));
    assertThat(trainings.resolve("run-1")).doesNotExist();
    assertThat(trainings.resolve("run-10/live")).hasContent("live");
  }

  /** Kills each worker after so much progress; the last one, in this JVM, may finish. */
  private void killSeveralWorkers(LongSupplier gone, long progress, String setting) {
    for (int kill = 1; kill <= KILLS; kill++) {
      try (var worker = pipeline.launch(setting)) {
        var next = kill * progress;
        patiently().until(() -> gone.getAsLong() >= next);
        worker.kill();
      }
    }
    pipeline.start(setting);
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
