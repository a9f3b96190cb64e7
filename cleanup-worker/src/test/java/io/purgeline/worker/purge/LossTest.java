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
    // Slower than a slow store; a place that is in doubt is soon out of it.
    super("purge.max-objects-per-second=500", "worker.request-timeout=3s");
  }

  /** Until no message of this test is left for the next one to meet. */
  @AfterEach
  void thaw() {
    pipeline().thaw();
    patiently().until(() -> waiting() == 0);
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
    awaitWaiting(1);
    return deletion;
  }

  /** Until so many messages are in their queue for good: none of them will be sent again. */
  private void awaitWaiting(int messages) {
    var unconfirmed = "select count(*) from outbox";
    patiently().until(() -> pipeline().records().number(unconfirmed) == 0);
    assertThat(waiting()).isGreaterThanOrEqualTo(messages);
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

    patiently().until(() -> steal(deletion) == 1);

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
    assertThat(task.error())
        .isEqualTo("its worker was lost: 5 in a row without any progress")
        .isEqualTo(deletion.letter("message"));
    assertThat(deletion.deadLetters()).containsExactly("CRASH_LOOP 5");
    assertThat(deletion.letter("worker")).isEqualTo("lost");
    assertThat(deletion.letter("version")).isNull();
    assertThat(left()).isEqualTo(3);
    var inDoubt =
        "select count(*) from purge_task where deletion_id = ? and quarantine_until is not null";
    assertThat(pipeline().records().number(inDoubt, deletion.id()))
        .as("a replay at once must not give the place back before the last request has ended")
        .isOne();
  }

  @Test
  void remembersEveryWorkerThatWasLostAndWhen() {
    pipeline().awaitFrozen();
    var deletion = pipeline().dataset().at(uri()).commit();
    for (int claims = 1; claims <= 5; claims++) {
      deletion.loseTheWorker("worker-" + claims, claims);
      patiently().until(() -> deletion.task().state() != TaskState.RUNNING);
    }

    assertThat(deletion.await(DEAD).errorClass()).isEqualTo("CRASH_LOOP");
    assertThat(deletion.history())
        .containsExactly(
            "CRASH_LOOP WorkerLost worker-1",
            "CRASH_LOOP WorkerLost worker-2",
            "CRASH_LOOP WorkerLost worker-3",
            "CRASH_LOOP WorkerLost worker-4",
            "CRASH_LOOP WorkerLost worker-5");
    var whenTheLeasesEnded =
        """
        select count(*) from purge_attempt a join purge_task t on t.id = a.task_id
        where t.deletion_id = ? and a.at < now() - interval '59 minutes'
        """;
    assertThat(deletion.records().number(whenTheLeasesEnded, deletion.id())).isEqualTo(5);
  }

  @Test
  void costsOneMoreWorkerIfItIsReplayedAndNothingHasChanged() {
    var deletion = deadOfLostWorkers();
    var group = deletion.group();

    pipeline().awaitFrozen();
    deletion.putBack(group);
    deletion.loseTheWorker("one more", 1);

    var task = deletion.await(DEAD);
    assertThat(task.errorClass()).isEqualTo("CRASH_LOOP");
    assertThat(deletion.group()).isEqualTo(group);
    assertThat(deletion.deadLetters()).containsExactly("CRASH_LOOP 1");
    assertThat(deletion.letter("worker")).isEqualTo("one more");
  }

  @Test
  void isNotBlamedForAWorkerThatIsLostAfterItGotOn() {
    var deletion = deadOfLostWorkers();

    pipeline().awaitFrozen();
    deletion.putBack(deletion.group());
    deletion.loseTheWorker("got on", 0);
    pipeline().thaw();

    deletion.await(PURGED);
  }

  @Test
  void mayCostFourWorkersIfItIsReplayedAndHadFailedOtherwise() {
    var deletion = deadOfLostWorkers();

    pipeline().awaitFrozen();
    deletion.putBack("another cause");
    deletion.loseTheWorker("another", 4);
    pipeline().thaw();

    deletion.await(PURGED);
  }

  private Deletion deadOfLostWorkers() {
    var deletion = abandoned(5);
    deletion.await(DEAD);
    return deletion;
  }

  /** A task whose worker died, so many in a row without any progress. */
  private Deletion abandoned(int claims) {
    pipeline().awaitFrozen();
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 3, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion.loseTheWorker("lost", claims);
    pipeline().thaw();
    return deletion;
  }

  @Test
  void takesUpTheOthersBesideOneThatCannotBeTakenUp() throws IOException, TimeoutException {
    pipeline().awaitFrozen();
    var poisoned = pipeline().dataset().at(uri() + "poisoned/").commit();
    var other = pipeline().dataset().at(uri() + "other/").commit();
    var withoutMessage = pipeline().dataset().at(uri() + "without-message/").commit();
    awaitWaiting(3);
    try (var connection = pipeline().broker().connect()) {
      connection.createChannel().queuePurge(QUEUES.getFirst());
    }
    poison(poisoned);
    try {
      poisoned.loseTheWorker("lost", 1);
      other.loseTheWorker("lost", 1);
      pipeline().thaw();

      other.await(PURGED);
      withoutMessage.await(PURGED);
      assertThat(poisoned.task().state()).isEqualTo(TaskState.RUNNING);
    } finally {
      heal();
    }
    poisoned.await(PURGED);
  }

  @Test
  void getsPastABatchOfWhichNoneCanBeTakenUp() {
    pipeline().awaitFrozen();
    var poisoned = pipeline().dataset().at(uri() + "poisoned/").commit();
    var other = pipeline().dataset().at(uri() + "other/").commit();
    awaitWaiting(2);
    poison(poisoned);
    try {
      pipeline()
          .records()
          .change(
              """
              insert into purge_task (id, deletion_id, queue, state, lease_owner, lease_until)
              select cast(lpad(to_hex(n), 32, '0') as uuid), deletion_id, queue, 'RUNNING', 'lost', now()
              from purge_task, generate_series(1, 250) n where deletion_id = ?
              """,
              poisoned.id());
      other.loseTheWorker("lost", 1);
      pipeline().thaw();

      other.await(PURGED);
    } finally {
      pipeline().records().change("delete from purge_task where lease_owner = 'lost'");
      heal();
    }
    poisoned.awaitTask(TaskState.DONE);
  }

  /** The database refuses to have its task taken up. */
  private void poison(Deletion deletion) {
    pipeline()
        .records()
        .change(
            "alter table purge_task add constraint poison check (state <> 'WAITING' or deletion_id <> '%s')"
                .formatted(deletion.id()));
  }

  private void heal() {
    pipeline().records().change("alter table purge_task drop constraint poison");
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
