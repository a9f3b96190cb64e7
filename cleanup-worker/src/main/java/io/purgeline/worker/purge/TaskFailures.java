package io.purgeline.worker.purge;

import io.purgeline.worker.store.ItemFailure;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys and paths that the current pass of a task could not remove, with the store's codes. */
final class TaskFailures {

  private final JdbcClient jdbc;

  TaskFailures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps what could not be removed; of several versions of a key, their sizes together, in however
   * many batches they were.
   */
  void add(Lease lease, Collection<ItemFailure> failures) {
    if (failures.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into purge_failure (task_id, what, code, message, bytes)
            select :task, what, min(code), min(message), sum(bytes)
            from unnest(:whats, :codes, :messages, cast(:bytes as bigint[])) as f (what, code, message, bytes)
            group by what
            on conflict (task_id, md5(what)) do update
            set code = excluded.code, message = excluded.message, at = now(),
                bytes = purge_failure.bytes + excluded.bytes
            """)
        .param("task", lease.taskId())
        .param("whats", texts(failures, ItemFailure::what))
        .param("codes", texts(failures, ItemFailure::code))
        .param("messages", texts(failures, ItemFailure::message))
        .param("bytes", failures.stream().map(ItemFailure::bytes).toArray(Long[]::new))
        .update();
  }

  private static String[] texts(
      Collection<ItemFailure> failures, Function<ItemFailure, String> text) {
    return failures.stream().map(text).toArray(String[]::new);
  }

  /** Nothing is left that could not be removed. */
  void forget(Lease lease) {
    jdbc.sql("delete from purge_failure where task_id = :id").param("id", lease.taskId()).update();
  }

  /** What the pass could not remove, in short. */
  Summary summary(Lease lease) {
    return new Summary(first(lease), commonestCode(lease));
  }

  private List<String> first(Lease lease) {
    return jdbc.sql(
            """
            select code || ' ' || what from purge_failure where task_id = :id order by id limit 3
            """)
        .param("id", lease.taskId())
        .query((result, n) -> result.getString(1))
        .list();
  }

  private String commonestCode(Lease lease) {
    return jdbc.sql(
            """
            select code from purge_failure where task_id = :id
            group by code order by count(*) desc, code limit 1
            """)
        .param("id", lease.taskId())
        .query(String.class)
        .optional()
        .orElse("");
  }

  /**
   * What could not be removed.
   *
   * @param first the first few, each after its code
   * @param commonestCode what the store said of most of them; a stray other one is of another day
   */
  record Summary(List<String> first, String commonestCode) {}
}
