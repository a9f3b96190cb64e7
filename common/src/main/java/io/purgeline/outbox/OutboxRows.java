package io.purgeline.outbox;

import io.purgeline.database.Commits;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relay's side of the table {@code outbox}. */
final class OutboxRows {

  private static final RowMapper<OutboxRow> ROW = new SimplePropertyRowMapper<>(OutboxRow.class);

  private final JdbcClient jdbc;

  OutboxRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Due rows that were not tried yet and that no other relay holds, oldest first, locked until the
   * transaction ends.
   *
   * @param leftOut routing keys whose rows have to wait
   */
  List<OutboxRow> lockFresh(int limit, String[] leftOut) {
    return lock("attempts = 0", limit, leftOut);
  }

  /** The same for rows that failed before: few of them, so that they never keep others waiting. */
  List<OutboxRow> lockTried(int limit, String[] leftOut) {
    return lock("attempts > 0", limit, leftOut);
  }

  private List<OutboxRow> lock(String which, int limit, String[] leftOut) {
    return jdbc.sql(
            """
            select id, event_id, exchange, routing_key, type, mandatory, deletion_id, task_id, payload,
                   traceparent, attempts
            from outbox
            where %s and available_at <= clock_timestamp() and routing_key <> all(:leftOut)
            order by available_at, id
            limit :limit
            for update skip locked
            """
                .formatted(which))
        .param("leftOut", leftOut)
        .param("limit", limit)
        .query(ROW)
        .list();
  }

  /** Rows that were confirmed. Does not wait for the disk: one that is back is sent again. */
  void delete(Collection<Long> ids) {
    Commits.withoutWaiting(jdbc);
    jdbc.sql("delete from outbox where id = any(:ids)").param("ids", array(ids)).update();
  }

  /**
   * When a task's message left, so that one that got lost behind the broker can be told from one
   * that still waits.
   */
  void markDispatched(Collection<UUID> taskIds) {
    jdbc.sql("update purge_task set dispatched_at = clock_timestamp() where id = any(:ids)")
        .param("ids", taskIds.toArray(UUID[]::new))
        .update();
  }

  /**
   * Puts a row that was not accepted behind those that were not tried yet: 1 s, doubling up to a
   * minute, with jitter.
   */
  void postpone(long id, String error) {
    jdbc.sql(
            """
            update outbox
            set attempts = attempts + 1,
                last_error = :error,
                available_at = clock_timestamp()
                  + make_interval(secs => least(60, power(2, least(attempts, 6))) * (0.75 + random() / 2))
            where id = :id
            """)
        .param("id", id)
        .param("error", error)
        .update();
  }

  private static Long[] array(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }
}
