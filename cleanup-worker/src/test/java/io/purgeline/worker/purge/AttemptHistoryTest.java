package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.RETAINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.minio.messages.RetentionMode;
import io.purgeline.worker.testing.Bulk;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Pipeline;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Attempts that failed are remembered until the task goes through. */
class AttemptHistoryTest extends OnPipeline {

  AttemptHistoryTest() {
    super("retry.max-attempts=1000");
  }

  @Test
  void isForgottenOnceTheTaskIsDone() {
    var bucket = pipeline().bucket();
    pipeline().objects().put(bucket, denied(), new byte[1]);
    var deletion = failing(bucket);

    pipeline().objects().delete(bucket, denied());

    deletion.await(PURGED);
    assertThat(deletion.history()).isEmpty();
  }

  @Test
  void isForgottenOnceOnlyLockedVersionsAreLeft() {
    var bucket = pipeline().lockedBucket();
    var locked = pipeline().objects().put(bucket, prefix() + "locked", new byte[1]);
    var until = Instant.now().plusSeconds(300);
    pipeline()
        .objects()
        .retain(bucket, prefix() + "locked", locked, RetentionMode.GOVERNANCE, until);
    var denied = pipeline().objects().put(bucket, denied(), new byte[1]);
    var deletion = failing(bucket);

    var access = pipeline().servers().minio().access();
    Bulk.removeVersion(access, bucket, denied(), denied);

    deletion.await(RETAINED);
    assertThat(deletion.history()).isEmpty();
  }

  private Deletion failing(String bucket) {
    var deletion = pipeline().dataset().at(uri(bucket)).commit();
    deletion.awaitTask(task -> task.attempts() > 1);
    assertThat(deletion.history()).isNotEmpty().allMatch(line -> line.startsWith("ITEM "));
    return deletion;
  }

  private String denied() {
    return prefix() + Pipeline.DENIED + "/x";
  }
}
