package io.purgeline.worker.purge;

import io.purgeline.database.Ids;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens and ends dead letters, one row per failed task, and keeps how each attempt failed. Owner of
 * the worker's writes to {@code purge_attempt}, and with {@link UnreadableMessages} of those to
 * {@code dead_letter}.
 */
final class DeadLetters {

  private final JdbcClient jdbc;
  private final WorkerName worker;
  private final DeadLetterMetrics metrics;
  private final Unanswered unanswered;

  DeadLetters(JdbcClient jdbc, WorkerName worker, DeadLetterMetrics metrics) {
    this.jdbc = jdbc;
    this.worker = worker;
    this.metrics = metrics;
    this.unanswered = new Unanswered(jdbc);
  }

  /**
   * The task gave up. Part of the transaction that made it {@code DEAD}. One that had been replayed
   * is open again.
   */
  void open(UUID taskId, Failure failure) {
    open(taskId, failure, new By(worker.name(), Version.RUNNING), null);
  }

  /**
   * The task was lost too often. What its worker ran is not known; of one whose messages the broker
   * gave up, nor is the worker.
   */
  void open(LostTask task, Failure failure, @Nullable RawMessage message) {
    open(task.id(), failure, new By(task.leaseOwner(), null), message);
  }

  private void open(UUID taskId, Failure failure, By by, @Nullable RawMessage message) {
    unanswered.fail(taskId);
    var id =
        jdbc.sql(
                """
                insert into dead_letter (id, task_id, deletion_id, class, generation, exception, message, stack,
                                         attempts, bytes, worker, version, trace_id, body, headers, fingerprint, title,
                                         kind, store)
                select :id, t.id, t.deletion_id, :class, t.generation, :exception, :message, :stack,
                       case when :class = 'CRASH_LOOP' then t.barren_claims else t.attempts end,
                       t.bytes_planned - t.bytes_purged - t.bytes_already_absent, :worker, :version,
                       nullif(split_part(d.traceparent, '-', 2), ''), :body, cast(:headers as jsonb), :group, :title,
                       d.resource_kind, t.queue
                from purge_task t join deletion d on d.id = t.deletion_id where t.id = :task
                on conflict (task_id) do update
                set class = excluded.class, state = 'OPEN', generation = excluded.generation,
                    exception = excluded.exception, message = excluded.message, stack = excluded.stack,
                    attempts = excluded.attempts, bytes = excluded.bytes, worker = excluded.worker,
                    version = excluded.version, body = excluded.body, headers = excluded.headers,
                    last_at = now(), fingerprint = excluded.fingerprint, title = excluded.title,
                    snoozed_until = null, decision = null, decided_by = null, decided_at = null, resolved_at = null
                returning id
                """)
            .param("id", Ids.next())
            .param("task", taskId)
            .param("class", failure.failureClass().name())
            .param("exception", failure.cause().exception())
            .param("message", text(failure.cause().message()))
            .param("stack", failure.cause().stack())
            .param("body", message == null ? null : message.body(), Types.BINARY)
            .param("headers", message == null ? null : message.headers())
            .param("group", failure.group())
            .param("title", text(failure.fingerprint().title()))
            .param("worker", by.worker())
            .param("version", by.version())
            .query(UUID.class)
            .single();
    if (endReplay(id, "FAILED", failure.group())) {
      metrics.failedAgain();
    } else {
      metrics.opened(failure.failureClass());
    }
  }

  /** Keeps how an attempt of this worker failed. */
  void noteAttempt(Lease lease, Failure failure) {
    noteAttempt(lease.taskId(), failure, worker.name());
  }

  /** Keeps how a claim came to nothing: whose it was, and when its lease ended, if it had one. */
  void noteLoss(LostTask task, Failure failure) {
    noteAttempt(task.id(), failure, task.leaseOwner());
  }

  private void noteAttempt(UUID taskId, Failure failure, @Nullable String by) {
    jdbc.sql(
            """
            insert into purge_attempt (task_id, generation, at, worker, class, exception, message, fingerprint)
            select id, generation,
                   case when :class = 'CRASH_LOOP' then coalesce(lease_until, clock_timestamp())
                        else clock_timestamp() end,
                   coalesce(:worker, 'unknown'), :class, :exception, :message, :group
            from purge_task where id = :task
            """)
        .param("task", taskId)
        .param("worker", by)
        .param("class", failure.failureClass().name())
        .param("exception", failure.cause().exception())
        .param("message", text(failure.cause().message()))
        .param("group", failure.group())
        .update();
  }

  /**
   * The task went through after all. Part of the transaction that says so. Attempts that failed
   * meanwhile are kept as long as a letter tells of them, and else no longer.
   */
  void resolve(UUID taskId) {
    jdbc.sql(
            """
            update dead_letter set state = 'RESOLVED', resolved_at = now(), bytes = 0, snoozed_until = null
            where task_id = :task and state in ('OPEN', 'REPLAYING') returning id
            """)
        .param("task", taskId)
        .query(UUID.class)
        .optional()
        .filter(id -> endReplay(id, "RESOLVED", null))
        .ifPresent(_ -> metrics.resolved());
    jdbc.sql(
            """
            delete from purge_attempt
            where task_id = :task and not exists (select from dead_letter where task_id = :task)
            """)
        .param("task", taskId)
        .update();
  }

  /** Whether the letter was part of a replay. */
  private boolean endReplay(UUID id, String outcome, @Nullable String group) {
    return jdbc.sql(
                """
                update replay_item set outcome = :outcome, fingerprint = :group
                where dead_letter_id = :id and outcome is null and step is not null
                """)
            .param("outcome", outcome)
            .param("group", group)
            .param("id", id)
            .update()
        > 0;
  }

  /** PostgreSQL keeps no NUL in text. */
  static String text(String message) {
    return message.replace("\0", "\\0");
  }

  /** Who gave up, as far as that is known. */
  private record By(@Nullable String worker, @Nullable String version) {}
}
