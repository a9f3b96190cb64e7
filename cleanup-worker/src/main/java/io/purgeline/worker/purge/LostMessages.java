package io.purgeline.worker.purge;

import io.purgeline.messaging.WorkQueue;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Sends again what the broker lost or gave up. */
final class LostMessages {

  /**
   * A task that is behind so long a queue is asked for again all the same; the older message is
   * then ignored.
   */
  private static final Duration LONGEST_BACKLOG = Duration.ofHours(6);

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final LostTasks tasks;
  private final Recovery recovery;
  private final Settings settings;

  LostMessages(
      TransactionOperations transactions,
      JdbcClient jdbc,
      LostTasks tasks,
      Recovery recovery,
      Settings settings) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.recovery = recovery;
    this.settings = settings;
  }

  /** A batch of every queue; answers how many were sent again. */
  int recover() {
    return tasks.queues(settings.lostAfter()).stream().mapToInt(this::recover).sum();
  }

  /** A queue that the broker cannot tell of is left for later. */
  private int recover(String queue) {
    var backlog = settings.depth().of(queue);
    if (backlog == null) {
      return 0;
    }
    var lostAfter = backlog == 0 ? settings.lostAfter() : LONGEST_BACKLOG;
    var search = LostTasks.withoutMessage(queue, lostAfter);
    return tasks.takeUp(search, task -> requestFor(task, queue)).size();
  }

  private UUID requestFor(LostTask task, String queue) {
    recovery.request(task, new WorkQueue(queue));
    return task.id();
  }

  /** {@link Reconciler#brokerGaveUp}. */
  boolean brokerGaveUp(TaskRef ref, RawMessage message) {
    return Boolean.TRUE.equals(
        transactions.execute(tx -> {
          var waiting = tasks.waitingFor(ref);
          waiting.ifPresent(task -> deliverAgain(task, message));
          return waiting.isPresent();
        }));
  }

  private void deliverAgain(LostTask task, RawMessage message) {
    var barrenClaims = task.barrenClaims() + 1;
    jdbc.sql("update purge_task set barren_claims = :claims where id = :id")
        .param("claims", barrenClaims)
        .param("id", task.id())
        .update();
    var failure = recovery.note(task, Loss.MESSAGE, barrenClaims);
    if (Recovery.isHopeless(task, barrenClaims, failure)) {
      recovery.bury(task, failure, message);
    } else {
      recovery.requestBehindOthers(task);
    }
  }

  /**
   * When a message counts as lost.
   *
   * @param lostAfter after so long in an empty queue
   * @param depth how many messages wait in a queue
   */
  record Settings(Duration lostAfter, QueueDepth depth) {}
}
