package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.worker.purge.Claim.Claimed;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who takes a task, and how often it is taken for nothing. Frozen, no worker takes it by itself.
 */
class TaskClaimsTest extends OnPipeline {

  private static final int OBJECTS = 3;
  private static final int WORKERS = 2;
  private static final int ROUNDS = 60;

  private Deletion deletion;

  TaskClaimsTest() {
    // No message but those a lost worker leaves behind, and none is lost before its test says so.
    super("worker.lost-after=1h", "worker.lease=1h");
  }

  @BeforeEach
  void commitWhileFrozen() {
    pipeline().awaitFrozen();
    pipeline().objects().putMany(pipeline().bucket(), prefix(), OBJECTS, 1);
    deletion = pipeline().dataset().at(uri()).commit();
  }

  @AfterEach
  void thaw() {
    pipeline().thaw();
  }

  @Test
  void givesATaskToOneOfTwoWorkersThatAskAtOnce() throws Exception {
    var ref = ref();
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(claimAtOnce(workers, ref)).as("claims in round %s", round).isOne();
        giveBack();
      }
    }
    pipeline().thaw();
    deletion.await(PURGED);
  }

  private int claimAtOnce(ExecutorService workers, TaskRef ref) throws Exception {
    var together = new CyclicBarrier(WORKERS);
    Callable<Claim> claim =
        () -> {
          together.await();
          return claims().claim(ref);
        };
    var claimed = 0;
    for (var answer : workers.invokeAll(Collections.nCopies(WORKERS, claim))) {
      if (answer.get() instanceof Claimed) {
        claimed++;
      }
    }
    return claimed;
  }

  private void giveBack() {
    change("state = 'PENDING', lease_owner = null, lease_until = null, barren_claims = 0");
  }

  @Test
  void givesATaskUpThatFiveWorkersInARowTookAndWereLostOver() {
    for (int claims = 1; claims < 5; claims++) {
      claimAndDie();
      assertThat(deletion.task().barrenClaims()).isEqualTo(claims);
    }

    expire(claim());

    assertThat(deletion.await(DEAD).errorClass()).isEqualTo("CRASH_LOOP");
    assertThat(deletion.deadLetters()).containsExactly("CRASH_LOOP 5");
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).hasSize(OBJECTS);
    assertThat(deletion.task().objects().planned()).isZero();
  }

  @Test
  void countsAnewOnceAWorkerGotOnBeforeItWasLost() {
    for (int claims = 1; claims < 5; claims++) {
      claimAndDie();
    }
    var lease = claim();
    var one = new Tally(1, 1);
    row().plan(lease, one, null);
    row().settle(lease, one, Tally.NONE, Tally.NONE, null);
    expire(lease);
    deletion.awaitTask(TaskState.WAITING);
    assertThat(deletion.task().barrenClaims()).isZero();
    for (int claims = 1; claims < 5; claims++) {
      claimAndDie();
    }

    pipeline().thaw();

    assertThat(deletion.await(PURGED).objects().purged()).isEqualTo(1 + OBJECTS);
  }

  /** And wait for the message that asks for the task again. */
  private void claimAndDie() {
    expire(claim());
    deletion.awaitTask(TaskState.WAITING);
  }

  private Lease claim() {
    return ((Claimed) claims().claim(ref())).lease();
  }

  /** As if its worker had died, and the time had passed. */
  private void expire(Lease lease) {
    change("lease_until = now() - interval '1 second'");
    lease.lose();
  }

  private void change(String what) {
    deletion
        .records()
        .change("update purge_task set " + what + " where deletion_id = ?", deletion.id());
  }

  private TaskRef ref() {
    var task = deletion.task();
    return new TaskRef(task.id(), task.generation());
  }

  private TaskClaims claims() {
    return pipeline().bean(TaskClaims.class);
  }

  private TaskRow row() {
    return pipeline().bean(TaskRow.class);
  }
}
