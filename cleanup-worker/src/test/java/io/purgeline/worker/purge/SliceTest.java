package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slice ends in time, however slowly its batches may go. */
class SliceTest {

  private static final String SHORT = "purge.slice=300ms";

  private final Pipeline pipeline = Pipeline.on(Servers.shared());

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void endsWhileBatchesWaitForTheirTurn() {
    var deletion = commit("purge.max-objects-per-second=5", 4_000);

    var task = deletion.awaitTask(later -> later.generation() > 3);

    assertThat(task.objects().purged()).isEqualTo(1_000);
    assertThat(task.attempts()).isZero();
  }

  @Test
  void goesOnLaterWithWhatHadToWaitAndCountsItOnce() {
    var deletion = commit("purge.max-objects-per-second=1000", 4_000);

    var task = deletion.await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(4_000));
    assertThat(task.bytes()).isEqualTo(Tally.purged(8_000));
    assertThat(task.generation()).isGreaterThan(3);
    assertThat(pipeline.objects().contents(pipeline.bucket(), "")).containsOnlyKeys("run-10/live");
  }

  private Deletion commit(String rate, int objects) {
    pipeline.start(rate, SHORT);
    pipeline.fill(pipeline.bucket(), "run-1/", objects, 2);
    pipeline.objects().put(pipeline.bucket(), "run-10/live", new byte[1]);
    return pipeline.dataset().at("s3://main/" + pipeline.bucket() + "/run-1/").commit();
  }
}
