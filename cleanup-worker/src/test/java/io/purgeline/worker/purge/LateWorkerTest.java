package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.PURGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.testing.OnPipeline;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that were too late with something: their lease is somebody else's by then. */
class LateWorkerTest extends OnPipeline {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

  LateWorkerTest() {
    super("worker.request-timeout=" + REQUEST_TIMEOUT.toSeconds() + "s");
  }

  @AfterEach
  void thaw() {
    pipeline().thaw();
  }

  @Test
  void keepsThePlaceUntilTheLastRequestOfALostWorkerIsOver() {
    pipeline().awaitFrozen();
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 3, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    var leaseEnd = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    deletion
        .records()
        .change(
            """
            update purge_task set state = 'RUNNING', lease_owner = 'lost', lease_until = ?
            where deletion_id = ?
            """,
            Timestamp.from(leaseEnd),
            deletion.id());
    pipeline().thaw();

    deletion.awaitTask(task -> task.objects().purged() == 3 && task.leaseOwner() == null);

    assertThat(deletion.state()).isEqualTo(PURGING);
    var reserved = "select count(*) from storage_location where deletion_id = ?";
    assertThat(pipeline().records().number(reserved, deletion.id())).isOne();
    deletion.await(PURGED);
    assertThat(pipeline().records().number(reserved, deletion.id())).isZero();
    assertThat(deletion.finishedAt().toInstant()).isAfterOrEqualTo(leaseEnd.plus(REQUEST_TIMEOUT));
  }

  @Test
  void recordsNoRefusalOnceTheLeaseIsLost() {
    pipeline().awaitFrozen();
    var deletion = pipeline().dataset().at(uri()).commit();
    var trusted = new Lease(deletion.task().id(), 1, "me", REQUEST_TIMEOUT, System.nanoTime());
    deletion
        .records()
        .change(
            """
            update purge_task set state = 'RUNNING', lease_owner = 'thief',
              lease_until = now() + interval '1 hour'
            where deletion_id = ?
            """,
            deletion.id());

    var conclusion = pipeline().bean(Conclusion.class);
    var failure = new ItemFailure("run-1", "NotOwned", "the place is another's", 0);
    assertThatThrownBy(() -> conclusion.recordRefusal(trusted, failure))
        .isInstanceOf(LeaseLostException.class);

    assertThat(deletion.failures()).isEmpty();
  }
}
