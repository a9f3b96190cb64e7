package io.purgeline.worker.purge;

import io.purgeline.database.Ids;
import io.purgeline.deletion.FailureClass;
import io.purgeline.worker.purge.Outcome.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owner of the writes to {@code dead_letter}: one row per failed task, one per distinct unreadable
 * message.
 */
public final class DeadLetters {

  private final JdbcClient jdbc;
  private final WorkerName worker;
  private final String version;
  private final DeadLetterMetrics metrics;

  DeadLetters(JdbcClient jdbc, WorkerName worker, DeadLetterMetrics metrics) {
    this.jdbc = jdbc;
    this.worker = worker;
    this.metrics = metrics;
    var implementation = DeadLetters.class.getPackage().getImplementationVersion();
    this.version = implementation == null ? "development" : implementation;
  }

  /**
   * The task gave up. Part of the transaction that made it {@code DEAD}. One that had been replayed
   * is open again.
   */
  void open(UUID taskId, FailureClass failureClass, Cause cause, Fingerprint fingerprint) {
    var id =
        jdbc.sql(
                """
                insert into dead_letter (id, task_id, deletion_id, class, generation, exception, message, stack,
                                         attempts, bytes, worker, version, trace_id, fingerprint, title, kind, store)
                select :id, t.id, t.deletion_id, :class, t.generation, :exception, :message, :stack, t.attempts,
                       t.bytes_planned - t.bytes_purged - t.bytes_already_absent, :worker, :version,
                       nullif(split_part(d.traceparent, '-', 2), ''), :group, :title, d.resource_kind, t.queue
                from purge_task t join deletion d on d.id = t.deletion_id where t.id = :task
                on conflict (task_id) do update
                set class = excluded.class, state = 'OPEN', generation = excluded.generation,
                    exception = excluded.exception, message = excluded.message, stack = excluded.stack,
                    attempts = excluded.attempts, bytes = excluded.bytes, worker = excluded.worker,
                    version = excluded.version, last_at = now(), fingerprint = excluded.fingerprint,
                    title = excluded.title, snoozed_until = null
                returning id
                """)
            .param("id", Ids.next())
            .param("task", taskId)
            .param("class", failureClass.name())
            .param("exception", cause.exception())
            .param("message", text(cause.message()))
            .param("stack", cause.stack())
            .param("worker", worker.name())
            .param("version", version)
            .param("group", fingerprint.group())
            .param("title", text(fingerprint.title()))
            .query(UUID.class)
            .single();
    if (endReplay(id, "FAILED", fingerprint.group())) {
      metrics.failedAgain();
    } else {
      metrics.opened(failureClass);
    }
  }

  /** Keeps how an attempt failed. */
  void noteAttempt(Lease lease, FailureClass failureClass, Cause cause, Fingerprint fingerprint) {
    jdbc.sql(
            """
            insert into purge_attempt (task_id, generation, worker, class, exception, message, fingerprint)
            values (:task, :generation, :worker, :class, :exception, :message, :group)
            """)
        .param("task", lease.taskId())
        .param("generation", lease.generation())
        .param("worker", worker.name())
        .param("class", failureClass.name())
        .param("exception", cause.exception())
        .param("message", text(cause.message()))
        .param("group", fingerprint.group())
        .update();
  }

  /** The task went through after all. Part of the transaction that says so. */
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

  /**
   * Keeps a message that nobody can read; the same body again only moves the time of the last one.
   */
  public void keepUnreadable(byte[] body, String problem, @Nullable String headers) {
    var fingerprint = Fingerprint.of(new Cause("UnreadableMessage", problem, null), List.of());
    var id = Ids.next();
    var kept =
        jdbc.sql(
                """
                insert into dead_letter (id, class, message, worker, version, body, body_digest, headers, fingerprint, title)
                values (:id, 'UNREADABLE', :message, :worker, :version, :body, :digest, cast(:headers as jsonb), :group, :title)
                on conflict (body_digest) do update set last_at = now(), attempts = dead_letter.attempts + 1
                returning id
                """)
            .param("id", id)
            .param("message", text(problem))
            .param("worker", worker.name())
            .param("version", version)
            .param("body", body)
            .param("digest", digest(body))
            .param("headers", headers)
            .param("group", fingerprint.group())
            .param("title", text(fingerprint.title()))
            .query(UUID.class)
            .single();
    if (kept.equals(id)) {
      metrics.opened(FailureClass.UNREADABLE);
    }
  }

  private static String text(String message) {
    return message.replace("\0", "\\0");
  }

  private static byte[] digest(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(body.length == 0 ? "empty".getBytes(StandardCharsets.UTF_8) : body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
