package io.purgeline.worker.purge;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was planned and never answered when a task is given up: it counts as failed from then on, so
 * that everything planned ends as something. A replay sends it again, and counts what comes of it.
 */
final class Unanswered {

  private static final String CODE = "Unanswered";

  private final JdbcClient jdbc;

  Unanswered(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts it as failed; each batch is named by its first and last key. */
  void fail(UUID task) {
    jdbc.sql(
            """
            with unanswered as (
              insert into purge_failure (task_id, what, code, message, bytes)
              select task_id, case first_key when last_key then first_key else first_key || ' ... ' || last_key end,
                     :code, sum(objects) || ' sent together, or about to be, and not answered', sum(bytes)
              from purge_batch where task_id = :task
              group by 1, 2
              on conflict (task_id, md5(what)) do update
              set code = excluded.code, message = excluded.message, at = now(),
                  bytes = purge_failure.bytes + excluded.bytes)
            update purge_task
            set objects_failed = greatest(
                  objects_failed, objects_planned - objects_purged - objects_already_absent - objects_retained),
                bytes_failed = greatest(
                  bytes_failed, bytes_planned - bytes_purged - bytes_already_absent - bytes_retained)
            where id = :task
            """)
        .param("code", CODE)
        .param("task", task)
        .update();
  }

  /**
   * Takes it off the list of failures.
   *
   * @return whether anything was on it
   */
  boolean recall(UUID task) {
    return jdbc.sql("delete from purge_failure where task_id = :task and code = :code")
            .param("task", task)
            .param("code", CODE)
            .update()
        > 0;
  }
}
