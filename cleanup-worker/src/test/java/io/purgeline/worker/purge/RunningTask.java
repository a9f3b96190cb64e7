package io.purgeline.worker.purge;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of a task that a worker holds, in its seventh attempt, and nothing else. */
record RunningTask(UUID deletion, Lease lease) {

  static RunningTask insert(JdbcClient jdbc) {
    var task =
        new RunningTask(
            UUID.randomUUID(),
            new Lease(UUID.randomUUID(), 1, "worker", Duration.ofMinutes(1), System.nanoTime()));
    jdbc.sql(
            """
            insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
            values (?, 'dataset', 'x', 'x', '{}', 'test', 'PURGING')
            """)
        .param(task.deletion)
        .update();
    jdbc.sql(
            "insert into purge_task (id, deletion_id, queue, state, lease_owner, attempts) values (?, ?, 'q', 'RUNNING', 'worker', 7)")
        .params(task.lease.taskId(), task.deletion)
        .update();
    return task;
  }
}
