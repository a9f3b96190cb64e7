package io.purgeline.worker.purge;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.FailureClass;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import io.purgeline.worker.purge.Outcome.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds tasks that nobody holds any more, because their worker or their message was lost, and gives
 * them a new message under the next generation. This, not the broker, is why nothing deleted is
 * ever forgotten. Any number may run at once.
 */
public final class Reconciler {

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  /** So many workers in a row may die over a task without having got anywhere. */
  private static final int MOST_BARREN_CLAIMS = 5;

  private static final int BATCH = 200;

  /**
   * A task that is behind so long a queue is asked for again all the same; the older message is
   * then ignored.
   */
  private static final Duration LONGEST_BACKLOG = Duration.ofHours(6);

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final DeadLetters deadLetters;
  private final DeletionProgress progress;
  private final Settings settings;

  Reconciler(
      TransactionOperations transactions,
      JdbcClient jdbc,
      Outbox outbox,
      DeadLetters deadLetters,
      DeletionProgress progress,
      Settings settings) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.deadLetters = deadLetters;
    this.progress = progress;
    this.settings = settings;
  }

  /** One look at everything. */
  public Report runOnce() {
    var leases = Objects.requireNonNull(transactions.execute(tx -> recoverLeases()));
    var messages = 0;
    for (var queue : queuesWithOldTasks()) {
      var backlog = settings.depth().of(queue);
      if (backlog != null) {
        var lostAfter = backlog == 0 ? settings.lostAfter() : LONGEST_BACKLOG;
        messages +=
            Objects.requireNonNull(transactions.execute(tx -> recoverMessages(queue, lostAfter)));
      }
    }
    var report = new Report(leases.leases(), leases.crashLoops(), messages);
    if (report.total() > 0) {
      log.warn("reconciled: {}", report);
    }
    return report;
  }

  private Report recoverLeases() {
    var lost =
        tasks(
            """
            t.state = 'RUNNING' and t.lease_until < clock_timestamp()
            order by t.id limit %d for update of t skip locked
            """
                .formatted(BATCH));
    var dead = 0;
    for (var task : lost) {
      if (task.barrenClaims() >= MOST_BARREN_CLAIMS) {
        bury(task);
        dead++;
      } else {
        quarantine(task);
        requestAgain(task, new WorkQueue(task.queue()).large());
      }
    }
    return new Report(lost.size() - dead, dead, 0);
  }

  private void bury(Lost task) {
    jdbc.sql(
            """
            update purge_task set state = 'DEAD', lease_owner = null, lease_until = null,
              last_error_class = 'CRASH_LOOP', last_error_message = :message,
              last_error_at = clock_timestamp()
            where id = :id
            """)
        .param("message", crashLoopMessage())
        .param("id", task.id())
        .update();
    deadLetters.open(
        task.id(), FailureClass.CRASH_LOOP, new Cause("CrashLoop", crashLoopMessage(), null));
    progress.refresh(task.deletionId());
  }

  private static String crashLoopMessage() {
    return MOST_BARREN_CLAIMS + " workers in a row were lost over this task without any progress";
  }

  /** What the lost worker sent last may still be carried out, for as long as a request may take. */
  private void quarantine(Lost task) {
    jdbc.sql(
            """
            update purge_task
            set quarantine_until = lease_until + make_interval(secs => :timeout)
            where id = :id
            """)
        .param("timeout", settings.requestTimeout().toMillis() / 1000.0)
        .param("id", task.id())
        .update();
  }

  /** Queues of tasks whose message left some time ago and was not taken up. */
  private List<String> queuesWithOldTasks() {
    return jdbc.sql(
            """
            select distinct queue || case when slices > 0 then '.large' else '' end
            from purge_task
            where state in ('PENDING', 'WAITING', 'RETAINED')
              and dispatched_at < clock_timestamp() - make_interval(secs => :age)
            """)
        .param("age", settings.lostAfter().toMillis() / 1000.0)
        .query((row, n) -> row.getString(1))
        .list();
  }

  private int recoverMessages(String queue, Duration lostAfter) {
    var lost =
        tasks(
            """
            t.state in ('PENDING', 'WAITING', 'RETAINED')
            and t.dispatched_at < clock_timestamp() - make_interval(secs => %s)
            and t.queue || case when t.slices > 0 then '.large' else '' end = '%s'
            and not exists (select from outbox o where o.task_id = t.id)
            order by t.dispatched_at limit %d for update of t skip locked
            """
                .formatted(lostAfter.toMillis() / 1000.0, queue, BATCH));
    lost.forEach(task -> requestAgain(task, new WorkQueue(queue)));
    return lost.size();
  }

  private List<Lost> tasks(String which) {
    return jdbc.sql(
            """
            select t.id, t.deletion_id, t.queue, t.generation, t.barren_claims, d.resource_kind, d.resource_id,
                   d.resource_type, d.requested_at, d.traceparent
            from purge_task t join deletion d on d.id = t.deletion_id
            where
            """
                + which)
        .query(Reconciler::lost)
        .list();
  }

  private void requestAgain(Lost task, WorkQueue queue) {
    jdbc.sql(
            """
            update purge_task
            set generation = generation + 1, dispatched_at = null, lease_owner = null, lease_until = null,
                state = case state when 'RUNNING' then 'WAITING' else state end
            where id = :id
            """)
        .param("id", task.id())
        .update();
    outbox.request(queue, task.message(), Duration.ZERO, task.traceparent());
  }

  /**
   * A message the broker gave up on. If it is still the task's newest and no worker holds the task,
   * it was lost like any other; only after several times is the task itself to blame.
   *
   * @return whether the message concerned a task that waits for it
   */
  public boolean brokerGaveUp(TaskRef ref) {
    return Boolean.TRUE.equals(
        transactions.execute(tx -> {
          var waiting =
              tasks(
                  """
                  t.id = '%s' and t.generation = %d
                  and t.state in ('PENDING', 'WAITING', 'RETAINED') for update of t
                  """
                      .formatted(ref.taskId(), ref.generation()));
          waiting.forEach(this::deliverAgain);
          return !waiting.isEmpty();
        }));
  }

  private void deliverAgain(Lost task) {
    jdbc.sql("update purge_task set barren_claims = barren_claims + 1 where id = :id")
        .param("id", task.id())
        .update();
    if (task.barrenClaims() + 1 >= MOST_BARREN_CLAIMS) {
      bury(task);
    } else {
      requestAgain(task, new WorkQueue(task.queue()).large());
    }
  }

  private static Lost lost(ResultSet row, int number) throws SQLException {
    return new Lost(
        row.getObject("id", UUID.class),
        row.getObject("deletion_id", UUID.class),
        row.getString("queue"),
        row.getInt("generation"),
        row.getInt("barren_claims"),
        ResourceKind.valueOf(row.getString("resource_kind").toUpperCase(Locale.ROOT)),
        row.getString("resource_id"),
        row.getString("resource_type"),
        row.getTimestamp("requested_at").toInstant(),
        row.getString("traceparent"));
  }

  /** A task nobody holds. */
  private record Lost(
      UUID id,
      UUID deletionId,
      String queue,
      int generation,
      int barrenClaims,
      ResourceKind kind,
      String resourceId,
      @Nullable String resourceType,
      Instant requestedAt,
      @Nullable String traceparent) {

    PurgeRequest message() {
      var type =
          kind == ResourceKind.TRAINING
              ? MessageType.TRAINING_DELETED
              : MessageType.DATASET_DELETED;
      return new PurgeRequest(
          type, id, generation + 1, deletionId, resourceId, resourceType, requestedAt);
    }
  }

  /** What one run found. */
  public record Report(int leases, int crashLoops, int messages) {

    int total() {
      return leases + crashLoops + messages;
    }
  }

  /**
   * When a message counts as lost.
   *
   * @param lostAfter after so long in an empty queue
   * @param requestTimeout how long a store may take to carry out what a lost worker sent
   * @param depth how many messages wait in a queue
   */
  record Settings(Duration lostAfter, Duration requestTimeout, QueueDepth depth) {}
}
