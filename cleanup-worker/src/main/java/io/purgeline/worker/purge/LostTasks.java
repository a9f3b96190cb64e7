package io.purgeline.worker.purge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds tasks that nobody holds, and locks them until the transaction ends; those that somebody
 * else has locked are left to him.
 */
final class LostTasks {

  private static final int BATCH = 200;

  private final JdbcClient jdbc;

  LostTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those whose worker did not renew its lease. */
  List<LostTask> withoutWorker() {
    return tasks(
        """
        t.state = 'RUNNING' and t.lease_until < clock_timestamp()
        order by t.id limit :batch for update of t skip locked
        """,
        Map.of("batch", BATCH));
  }

  /** Queues of tasks whose message left so long ago and was not taken up. */
  List<String> queues(Duration age) {
    return jdbc.sql(
            """
            select distinct queue || case when slices > 0 then '.large' else '' end
            from purge_task
            where state in ('PENDING', 'WAITING', 'RETAINED')
              and dispatched_at < clock_timestamp() - make_interval(secs => :age)
            """)
        .param("age", seconds(age))
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** Those whose message left for this queue so long ago, and that no other is on its way to. */
  List<LostTask> withoutMessage(String queue, Duration age) {
    return tasks(
        """
        t.state in ('PENDING', 'WAITING', 'RETAINED')
        and t.dispatched_at < clock_timestamp() - make_interval(secs => :age)
        and t.queue || case when t.slices > 0 then '.large' else '' end = :queue
        and not exists (select from outbox o where o.task_id = t.id)
        order by t.dispatched_at limit :batch for update of t skip locked
        """,
        Map.of("age", seconds(age), "queue", queue, "batch", BATCH));
  }

  /** The task if it waits for just this message, else none; waits for whoever has it locked. */
  List<LostTask> waitingFor(TaskRef ref) {
    return tasks(
        """
        t.id = :id and t.generation = :generation
        and t.state in ('PENDING', 'WAITING', 'RETAINED') for update of t
        """,
        Map.of("id", ref.taskId(), "generation", ref.generation()));
  }

  private List<LostTask> tasks(String which, Map<String, ?> params) {
    return jdbc.sql(
            """
            select t.id, t.deletion_id, t.queue, t.generation, t.barren_claims, t.lease_owner, t.replay_of,
                   d.resource_kind, d.resource_id, d.resource_type, d.requested_at, d.traceparent
            from purge_task t join deletion d on d.id = t.deletion_id
            where
            """
                + which)
        .params(params)
        .query(LostTask::read)
        .list();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
