package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.PURGING;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Tally;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The switch that stops all purging. */
class FreezeTest extends OnPipeline {

  private static final int OBJECTS = 5_000;
  private static final int BATCH = 1_000;
  private static final Duration PROMISED = Duration.ofSeconds(2);

  FreezeTest() {
    super("purge.max-objects-per-second=600");
  }

  @AfterEach
  void thaw() {
    pipeline().thaw();
  }

  @Test
  void stopsARunningPurgeWithinTwoSecondsAndGoesOnAfterwards() {
    pipeline().fill(pipeline().bucket(), prefix(), OBJECTS, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion.awaitTask(task -> task.objects().purged() > 0);

    pipeline().freeze();

    var ordered = System.nanoTime();
    patiently().until(() -> System.nanoTime() - ordered > PROMISED.toNanos());
    var promised = left();
    var frozen = deletion.awaitTask(TaskState.WAITING);
    var left = left();
    assertThat(promised - left).as("what requests under way remove").isBetween(0, 2 * BATCH);
    assertThat(frozen.objects().purged()).isEqualTo(OBJECTS - left).isLessThan(OBJECTS);
    assertThat(frozen.attempts()).isZero();
    patiently()
        .during(Duration.ofSeconds(2))
        .until(() -> deletion.task().objects().equals(frozen.objects()));
    assertThat(deletion.state()).isEqualTo(PURGING);

    pipeline().thaw();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(OBJECTS));
    assertThat(task.attempts()).isZero();
    assertThat(deletion.deadLetters()).isEmpty();
  }

  private int left() {
    return pipeline().objects().listVersions(pipeline().bucket(), prefix()).size();
  }

  @Test
  void acceptsDeletionsThatWait() {
    pipeline().awaitFrozen();
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 10, 1);
    var deletion = pipeline().dataset().at(uri()).commit();

    patiently()
        .during(Duration.ofSeconds(2))
        .until(() -> deletion.task().objects().equals(Tally.purged(0)));
    pipeline().thaw();

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(10));
  }
}
