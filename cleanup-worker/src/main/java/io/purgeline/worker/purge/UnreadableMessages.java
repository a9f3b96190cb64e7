package io.purgeline.worker.purge;

import io.purgeline.database.Ids;
import io.purgeline.deletion.FailureClass;
import io.purgeline.messaging.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps messages that nobody can read: a dead letter for each distinct body. */
public final class UnreadableMessages {

  private final JdbcClient jdbc;
  private final WorkerName worker;
  private final DeadLetterMetrics metrics;

  UnreadableMessages(JdbcClient jdbc, WorkerName worker, DeadLetterMetrics metrics) {
    this.jdbc = jdbc;
    this.worker = worker;
    this.metrics = metrics;
  }

  /**
   * Keeps one. Another one of the same body moves the time of the last, and opens the letter again
   * if somebody had decided about it: its sender still sends. A copy of one of the last twenty
   * changes nothing.
   */
  public void keep(RawMessage message, UnreadableMessageException problem) {
    var fingerprint = Fingerprint.of(problem);
    jdbc.sql(
            """
            with known as (select state from dead_letter where body_digest = :digest)
            insert into dead_letter (id, class, message, worker, version, body, body_digest, headers, fingerprint, title,
                                     message_ids)
            values (:id, 'UNREADABLE', :message, :worker, :version, :body, :digest, cast(:headers as jsonb), :group, :title,
                    array_remove(array[cast(:messageId as text)], null))
            on conflict (body_digest) do update
            set last_at = now(), attempts = dead_letter.attempts + 1, state = 'OPEN',
                message = excluded.message, worker = excluded.worker, version = excluded.version,
                headers = excluded.headers, fingerprint = excluded.fingerprint, title = excluded.title,
                message_ids = excluded.message_ids
                  || trim_array(dead_letter.message_ids, greatest(cardinality(dead_letter.message_ids) - 19, 0)),
                snoozed_until = case dead_letter.state when 'OPEN' then dead_letter.snoozed_until end,
                decision = case dead_letter.state when 'OPEN' then dead_letter.decision end,
                decided_by = case dead_letter.state when 'OPEN' then dead_letter.decided_by end,
                decided_at = case dead_letter.state when 'OPEN' then dead_letter.decided_at end
            where case when cast(:messageId as text) is null then not :redelivered
                       else :messageId <> all(dead_letter.message_ids) end
            returning (select state from known) is distinct from 'OPEN'
            """)
        .param("id", Ids.next())
        .param("message", DeadLetters.text(String.valueOf(problem.getMessage())))
        .param("worker", worker.name())
        .param("version", Version.RUNNING)
        .param("body", message.body())
        .param("digest", digest(message.body()))
        .param("headers", message.headers())
        .param("messageId", message.id())
        .param("redelivered", message.redelivered())
        .param("group", fingerprint.group())
        .param("title", fingerprint.title())
        .query(Boolean.class)
        .optional()
        .filter(isNew -> isNew)
        .ifPresent(_ -> metrics.opened(FailureClass.UNREADABLE));
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
