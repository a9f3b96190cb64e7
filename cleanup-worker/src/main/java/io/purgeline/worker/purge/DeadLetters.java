package io.purgeline.worker.purge;

import io.purgeline.database.Ids;
import io.purgeline.deletion.FailureClass;
import io.purgeline.worker.purge.Outcome.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  DeadLetters(JdbcClient jdbc, WorkerName worker) {
    this.jdbc = jdbc;
    this.worker = worker;
    var implementation = DeadLetters.class.getPackage().getImplementationVersion();
    this.version = implementation == null ? "development" : implementation;
  }

  /** The task gave up. Part of the transaction that made it {@code DEAD}. */
  void open(UUID taskId, FailureClass failureClass, Cause cause) {
    jdbc.sql(
            """
            insert into dead_letter (id, task_id, deletion_id, class, generation, exception, message, stack,
                                     attempts, bytes, worker, version, trace_id)
            select :id, t.id, t.deletion_id, :class, t.generation, :exception, :message, :stack, t.attempts,
                   t.bytes_planned - t.bytes_purged - t.bytes_already_absent, :worker, :version,
                   split_part(d.traceparent, '-', 2)
            from purge_task t join deletion d on d.id = t.deletion_id where t.id = :task
            on conflict (task_id) do update
            set class = excluded.class, state = 'OPEN', generation = excluded.generation,
                exception = excluded.exception, message = excluded.message, stack = excluded.stack,
                attempts = excluded.attempts, bytes = excluded.bytes, worker = excluded.worker,
                version = excluded.version, last_at = now()
            """)
        .param("id", Ids.next())
        .param("task", taskId)
        .param("class", failureClass.name())
        .param("exception", cause.exception())
        .param("message", text(cause.message()))
        .param("stack", cause.stack())
        .param("worker", worker.name())
        .param("version", version)
        .update();
  }

  /**
   * Keeps a message that nobody can read; the same body again only moves the time of the last one.
   */
  public void keepUnreadable(byte[] body, String problem, @Nullable String headers) {
    jdbc.sql(
            """
            insert into dead_letter (id, class, message, worker, version, body, body_digest, headers)
            values (:id, 'UNREADABLE', :message, :worker, :version, :body, :digest, cast(:headers as jsonb))
            on conflict (body_digest) do update set last_at = now(), attempts = dead_letter.attempts + 1
            """)
        .param("id", Ids.next())
        .param("message", text(problem))
        .param("worker", worker.name())
        .param("version", version)
        .param("body", body)
        .param("digest", digest(body))
        .param("headers", headers)
        .update();
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
