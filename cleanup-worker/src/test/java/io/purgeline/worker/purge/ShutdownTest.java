package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Tally;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that is told to stop hands back what it works on. */
class ShutdownTest {

  private static final int OBJECTS = 3_000;

  @AutoClose private Pipeline pipeline;
  private LiveNeighbours neighbours;

  @BeforeEach
  void start() {
    pipeline = Pipeline.started("purge.max-objects-per-second=100", "worker.lost-after=10m");
    neighbours = new LiveNeighbours(pipeline.objects());
    neighbours.settleBeside(pipeline.bucket(), "run-1/");
  }

  @AfterEach
  void neighboursAreUntouched() {
    neighbours.assertUntouched();
  }

  @Test
  @Timeout(300)
  void handsBackTheSliceWithANewMessageAndNobodyWaitsForALease() {
    var deletion = begin();
    var before = deletion.task();

    pipeline.stopInTime();

    var task = deletion.assertHandedBack();
    assertThat(task.generation()).isGreaterThan(before.generation());
    patiently().untilAsserted(() -> assertThat(messages(task.id())).isOne());
    assertThat(left()).isEqualTo(OBJECTS - task.objects().purged()).isPositive();

    pipeline.start();
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(OBJECTS));
  }

  @Test
  @Timeout(300)
  void stopsWhereNothingIsGoingOn() {
    assertThatCode(pipeline::stop).doesNotThrowAnyException();
  }

  private Deletion begin() {
    pipeline.fill(pipeline.bucket(), "run-1/", OBJECTS, 1);
    var deletion = pipeline.dataset().at("s3://main/" + pipeline.bucket() + "/run-1/").commit();
    deletion.awaitTask(task -> task.objects().purged() > 0);
    return deletion;
  }

  private int left() {
    return pipeline.objects().listVersions(pipeline.bucket(), "run-1/").size();
  }

  /** Its messages in the outbox and in its queue. */
  private long messages(UUID task) {
    var waiting = pipeline.records().number("select count(*) from outbox where task_id = ?", task);
    return waiting + pipeline.broker().depth("purgeline.objects.main.large").orElse(0);
  }
}
