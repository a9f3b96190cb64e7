package io.purgeline.worker.purge;

import io.purgeline.database.DatabaseFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Finds tasks that nobody holds, and has them taken up. */
final class LostTasks {

  private static final Logger log = LoggerFactory.getLogger(LostTasks.class);
  private static final int BATCH = 200;

  /** Those whose worker did not renew its lease. */
  static final Search WITHOUT_WORKER =
      new Search("t.state = 'RUNNING' and t.lease_until < clock_timestamp()", "t.id", Map.of());

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;

  /** How many of each search come first and could not be taken up. */
  private final Map<Search, Integer> stuck = new ConcurrentHashMap<>();

  LostTasks(TransactionOperations transactions, JdbcClient jdbc) {
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /** Those whose message left for this queue so long ago, and that no other is on its way to. */
  static Search withoutMessage(String queue, Duration age) {
    return new Search(
        """
        t.state in ('PENDING', 'WAITING', 'RETAINED')
        and t.dispatched_at < clock_timestamp() - make_interval(secs => :age)
        and t.queue || case when t.slices > 0 then '.large' else '' end = :queue
        and not exists (select from outbox o where o.task_id = t.id)
        """,
        "t.dispatched_at",
        Map.of("age", seconds(age), "queue", queue));
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

  /**
   * Has a batch of them taken up, each in a transaction of its own that has it locked: one with
   * which that fails holds up no other, and a batch of which none can be taken up not the next.
   * Those that somebody else has locked are left to him.
   *
   * @return what came of those that were taken up
   */
  <T> List<T> takeUp(Search search, Function<LostTask, T> work) {
    var skipped = stuck.getOrDefault(search, 0);
    var found = find(search, skipped);
    var takenUp = new ArrayList<T>();
    var failed = 0;
    for (var id : found) {
      try {
        takeUp(id, search, work).ifPresent(takenUp::add);
      } catch (RuntimeException e) {
        if (DatabaseFailures.mayPass(e)) {
          throw e;
        }
        log.error("task {} is lost and could not be taken up; the others are", id, e);
        failed++;
      }
    }
    stuck.put(search, found.size() < BATCH ? 0 : skipped + failed);
    return takenUp;
  }

  private <T> Optional<T> takeUp(UUID id, Search search, Function<LostTask, T> work) {
    return Optional.ofNullable(transactions.execute(tx -> lock(id, search).map(work).orElse(null)));
  }

  private List<UUID> find(Search search, int skipped) {
    return jdbc.sql(
            "select t.id from purge_task t where %s order by %s limit %d offset %d"
                .formatted(search.condition(), search.order(), BATCH, skipped))
        .params(search.params())
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  /** The task, if it is still lost. */
  private Optional<LostTask> lock(UUID id, Search search) {
    var params = new HashMap<String, @Nullable Object>(search.params());
    params.put("id", id);
    return task("t.id = :id and " + search.condition() + " for update of t skip locked", params);
  }

  /** The task if it waits for just this message; waits for whoever has it locked. */
  Optional<LostTask> waitingFor(TaskRef ref) {
    return task(
        """
        t.id = :id and t.generation = :generation
        and t.state in ('PENDING', 'WAITING', 'RETAINED') for update of t
        """,
        Map.of("id", ref.taskId(), "generation", ref.generation()));
  }

  private Optional<LostTask> task(String which, Map<String, ?> params) {
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
        .optional();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Which tasks count as lost, and which of them come first. */
  record Search(String condition, String order, Map<String, Object> params) {}
}
