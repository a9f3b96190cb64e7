package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages and leases that are lost: the database remembers, and the purge is asked for again. */
class LossTest extends OnPipeline {

  /**
   * Its message may be in either: a slice that begins as purging is frozen moves on to the large.
   */
  private static final List<String> QUEUES =
      List.of("purgeline.objects.main", "purgeline.objects.main.large");

  LossTest() {
    super("purge.max-objects-per-second=1000");
  }

  @AfterEach
  void thaw() {
    pipeline().thaw();
  }

  @Test
  void asksAgainWhenTheQueueLostItsMessages() throws IOException, TimeoutException {
    var deletion = commitWhileFrozen();
    try (var connection = pipeline().broker().connect()) {
      for (var queue : QUEUES) {
        connection.createChannel().queuePurge(queue);
      }
    }

    assertPurgedAfterThaw(deletion);
  }

  @Test
  void asksAgainWhenTheQueueWasDeleted() throws IOException, TimeoutException {
    var deletion = commitWhileFrozen();
    try (var connection = pipeline().broker().connect()) {
      for (var queue : QUEUES) {
        connection.createChannel().queueDelete(queue);
      }
    }

    assertPurgedAfterThaw(deletion);
  }

  /** A message that is in its queue; nobody consumes. */
  private Deletion commitWhileFrozen() {
    pipeline().awaitFrozen();
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 5, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    patiently().until(() -> waiting() == 1);
    return deletion;
  }

  private long waiting() {
    return QUEUES.stream().mapToLong(queue -> pipeline().broker().depth(queue).orElse(0)).sum();
  }

  private void assertPurgedAfterThaw(Deletion deletion) {
    pipeline().thaw();
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(5));
    assertThat(deletion.task().generation()).isGreaterThan(1);
  }

  @Test
  void stopsBeforeTheNextBatchAndRecordsNothingOnceTheLeaseIsLost() {
    pipeline().fill(pipeline().bucket(), prefix(), 5_000, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion.awaitTask(task -> task.objects().purged() > 0);

    assertThat(steal(deletion)).isOne();

    var stolen = deletion.task();
    patiently().during(Duration.ofSeconds(2)).until(() -> deletion.task().equals(stolen));
    // At most the batches that were under way went; a slow store may still be at one of them.
    var seen = new AtomicLong(-1);
    patiently().during(Duration.ofSeconds(1)).until(() -> isUnchanged(seen, left()));
    assertThat(left()).isGreaterThan(1_000);
    letGo(deletion);
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(5_000));
  }

  private static boolean isUnchanged(AtomicLong seen, long now) {
    return seen.getAndSet(now) == now;
  }

  private int steal(Deletion deletion) {
    return deletion
        .records()
        .change(
            """
            update purge_task set generation = generation + 1, lease_owner = 'thief',
              lease_until = now() + interval '1 hour'
            where deletion_id = ? and state = 'RUNNING'
            """,
            deletion.id());
  }

  private void letGo(Deletion deletion) {
    deletion
        .records()
        .change("update purge_task set lease_until = now() where deletion_id = ?", deletion.id());
  }

  private int left() {
    return pipeline().objects().listVersions(pipeline().bucket(), prefix()).size();
  }

  @Test
  void asksAgainWhenALeaseRanOut() {
    var deletion = abandoned(2);

    var task = deletion.await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(3));
    assertThat(task.generation()).isGreaterThan(1);
    assertThat(task.barrenClaims()).isZero();
  }

  @Test
  void isDeadWhenFiveWorkersInARowWereLostOverIt() {
    var deletion = abandoned(5);

    var task = deletion.await(DEAD);

    assertThat(task.errorClass()).isEqualTo("CRASH_LOOP");
    assertThat(deletion.deadLetters()).containsExactly("CRASH_LOOP 0");
    assertThat(left()).isEqualTo(3);
  }

  /** A task whose worker died, so many in a row without any progress. */
  private Deletion abandoned(int claims) {
    pipeline().awaitFrozen();
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 3, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion
        .records()
        .change(
            """
            update purge_task set state = 'RUNNING', lease_owner = 'lost', barren_claims = ?,
              lease_until = now() - interval '1 second'
            where deletion_id = ?
            """,
            claims,
            deletion.id());
    pipeline().thaw();
    return deletion;
  }

  @Test
  void leavesALivingLeaseAlone() {
    pipeline().awaitFrozen();
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion
        .records()
        .change(
            """
            update purge_task set state = 'RUNNING', lease_owner = 'other', barren_claims = 5,
              lease_until = now() + interval '1 hour'
            where deletion_id = ?
            """,
            deletion.id());
    pipeline().thaw();

    patiently()
        .during(Duration.ofSeconds(1))
        .until(() -> deletion.task().state() == TaskState.RUNNING);
    assertThat(deletion.task().leaseOwner()).isEqualTo("other");
  }
}
