package io.purgeline.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.DeletionState;
import io.purgeline.deletion.TaskState;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A committed deletion and what can be seen of it. */
public record Deletion(UUID id, String resourceId, Records records) {

  public DeletionState state() {
    return records.state(id);
  }

  /** When it came to its present, final state, on the database's clock. */
  public Timestamp finishedAt() {
    return records
        .jdbc()
        .sql("select finished_at from deletion where id = ?")
        .param(id)
        .query(Timestamp.class)
        .single();
  }

  public List<TaskView> tasks() {
    return records.tasks(id);
  }

  /** Its one task. */
  public TaskView task() {
    var tasks = tasks();
    assertThat(tasks).hasSize(1);
    return tasks.getFirst();
  }

  /** Waits until it has come to this state, and looks whether its books balance. */
  public TaskView await(DeletionState state) {
    Waiting.patiently()
        .alias(resourceId + " becomes " + state)
        .untilAsserted(() -> assertThat(state()).as(() -> tasks().toString()).isEqualTo(state));
    assertBalanced();
    return tasks().getFirst();
  }

  public TaskView awaitTask(TaskState state) {
    return awaitTask(task -> task.state() == state);
  }

  /** Waits until its one task looks like this. */
  public TaskView awaitTask(Predicate<TaskView> expected) {
    return Waiting.patiently().alias(resourceId).until(this::task, expected);
  }

  /**
   * Whoever is next need not wait for the lease of whoever had it, and nothing is held against it.
   */
  public TaskView assertHandedBack() {
    var task = task();
    assertThat(task.state()).isEqualTo(TaskState.WAITING);
    assertThat(task.leaseOwner()).isNull();
    assertThat(task.attempts()).isZero();
    return task;
  }

  public void assertBalanced() {
    for (var task : tasks()) {
      assertThat(task.objects().isBalanced()).as("objects of %s", task).isTrue();
      assertThat(task.bytes().isBalanced()).as("bytes of %s", task).isTrue();
    }
    var open =
        "select count(*) from purge_batch b join purge_task t on t.id = b.task_id where t.deletion_id = ?";
    assertThat(records.number(open, id)).as("batches without an answer").isZero();
  }

  /** Dead letters of its tasks: class and attempts. */
  public List<String> deadLetters() {
    return records.texts(
        "select class || ' ' || attempts from dead_letter where deletion_id = ?", id);
  }

  /** The group of its one dead letter. */
  public String group() {
    return text("select fingerprint from dead_letter where deletion_id = ?");
  }

  /** Something of its one dead letter, null where that is null. */
  public @Nullable String letter(String column) {
    return text("select cast(%s as text) from dead_letter where deletion_id = ?".formatted(column));
  }

  private String text(String sql) {
    var texts = records.texts(sql, id);
    assertThat(texts).hasSize(1);
    return texts.getFirst();
  }

  /** Attempts of its tasks that failed: class, exception and worker, the first one first. */
  public List<String> history() {
    return records.texts(
        """
        select a.class || ' ' || a.exception || ' ' || a.worker
        from purge_attempt a join purge_task t on t.id = a.task_id
        where t.deletion_id = ? order by a.id
        """,
        id);
  }

  /** Puts its dead task back as a gateway does, as if it had failed like this before. */
  public void putBack(String replayOf) {
    records.inTransaction(() -> {
      records.change(
          "update dead_letter set state = 'REPLAYING', replays = replays + 1 where deletion_id = ?",
          id);
      records.change(
          """
          update purge_task set state = 'PENDING', generation = generation + 1, attempts = 0,
            barren_claims = 0, replay_of = ?, dispatched_at = null, next_attempt_at = null
          where deletion_id = ? and state = 'DEAD'
          """,
          replayOf,
          id);
      records.change("update deletion set state = 'PURGING' where id = ?", id);
      records.change(
          """
          insert into outbox (event_id, exchange, routing_key, type, mandatory, deletion_id, task_id, payload)
          select gen_random_uuid(), 'purgeline.work', queue, 'DatasetDeleted', true, deletion_id, id, ?
          from purge_task where deletion_id = ?
          """,
          task().message(id),
          id);
    });
  }

  /** What failed: code and name. */
  public List<String> failures() {
    return records.texts(
        """
        select f.code || ' ' || f.what from purge_failure f join purge_task t on t.id = f.task_id
        where t.deletion_id = ? order by f.what
        """,
        id);
  }

  /** Registered objects that have not gone. */
  public long samples() {
    return records.number(
        """
        select count(*) from sample s where s.dataset_id = cast(? as uuid)
        """,
        resourceId);
  }

  /**
   * As if this worker had held its task until an hour ago, after so many claims without progress.
   */
  public void loseTheWorker(String worker, int claims) {
    records.change(
        """
        update purge_task set state = 'RUNNING', lease_owner = ?, barren_claims = ?,
          lease_until = now() - interval '1 hour'
        where deletion_id = ?
        """,
        worker,
        claims,
        id);
  }
}
