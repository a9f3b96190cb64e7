package io.purgeline.worker.purge;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was planned and never answered when a task is given up: it counts as failed from then on, so
 * that everything planned ends as something. A replay tries it again, and counts what comes of it.
 * Each is part of the caller's transaction.
 */
final class Unanswered {

  private static final String CODE = "Unanswered";

  private final JdbcClient jdbc;

  Unanswered(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Counts it as failed. Each batch is named by its first and last key, as no key is that failed on
   * its own, and the rest of a directory by the directory.
   */
  void fail(UUID task) {
    jdbc.sql(
            """
            with rest as (
              select task_id, first_key || ' ... ' || last_key as what,
                     sum(objects) || ' sent together, or about to be, and not answered' as message, sum(bytes) as bytes
              from purge_batch where task_id = :task
              group by 1, 2
              union all
              select id, location, objects_planned - objects_purged - objects_already_absent || ' not confirmed to be gone',
                     bytes_planned - bytes_purged - bytes_already_absent
              from purge_task
              where id = :task and location like 'dir://%'
                and objects_planned - objects_purged - objects_already_absent > objects_failed
            ), named as (
              insert into purge_failure (task_id, what, code, message, bytes)
              select task_id, what, :code, message, bytes from rest
              on conflict (task_id, md5(what)) do update
              set code = excluded.code, message = excluded.message, bytes = excluded.bytes, at = now())
            update purge_task
            set objects_planned = greatest(
                  objects_planned, objects_purged + objects_already_absent + objects_retained),
                objects_failed = greatest(
                  objects_planned - objects_purged - objects_already_absent - objects_retained, 0),
                bytes_planned = greatest(bytes_planned, bytes_purged + bytes_already_absent + bytes_retained),
                bytes_failed = greatest(bytes_planned - bytes_purged - bytes_already_absent - bytes_retained, 0)
            where id = :task
            """)
        .param("code", CODE)
        .param("task", task)
        .update();
  }

  /** Takes that back for the batches, if they were so counted; a directory is counted anew. */
  void recall(Lease lease, TaskRow row) {
    var listed =
        jdbc.sql("delete from purge_failure where task_id = :task and code = :code")
            .param("task", lease.taskId())
            .param("code", CODE)
            .update();
    if (listed > 0) {
      TaskRow.execute(
          lease,
          row.guarded(
              lease,
              """
              (objects_failed, bytes_failed) = (
                select objects_failed - coalesce(sum(b.objects), 0), bytes_failed - coalesce(sum(b.bytes), 0)
                from purge_batch b where b.task_id = purge_task.id)
              """));
    }
  }
}
