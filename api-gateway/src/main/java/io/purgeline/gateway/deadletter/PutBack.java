package io.purgeline.gateway.deadletter;

import static java.util.stream.Collectors.toSet;

import io.purgeline.database.Columns;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Puts letters of a replay back on the one path: letter, task with its next generation, message and
 * deletion in one transaction.
 */
@Repository
class PutBack {

  /** At most so many in one transaction. */
  static final int MOST = 200;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final DeletionProgress progress;

  PutBack(JdbcClient jdbc, Outbox outbox, DeletionProgress progress) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.progress = progress;
  }

  /**
   * Puts the next ones back; those that were decided otherwise meanwhile are passed over.
   *
   * @return how many of the replay's letters were dealt with
   */
  int some(UUID replay, int step, int most) {
    var letters = take(replay, step, most);
    reopen(letters);
    var tasks = restart(letters);
    tasks.forEach(this::announce);
    progress.refreshAll(tasks.stream().map(Task::deletionId).collect(toSet()));
    passOver(replay, step);
    return letters.size();
  }

  private List<UUID> take(UUID replay, int step, int most) {
    return jdbc.sql(
            """
            update replay_item set step = :step
            where replay_id = :replay and dead_letter_id in (
              select dead_letter_id from replay_item
              where replay_id = :replay and step is null and outcome is null
              order by dead_letter_id limit :most)
            returning dead_letter_id
            """)
        .param("replay", replay)
        .param("step", step)
        .param("most", most)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  private void reopen(List<UUID> letters) {
    jdbc.sql(
            """
            update dead_letter set state = 'REPLAYING', replays = replays + 1, snoozed_until = null
            where id = any(:letters) and state = 'OPEN'
            """)
        .param("letters", letters.toArray(UUID[]::new))
        .update();
  }

  private List<Task> restart(List<UUID> letters) {
    return jdbc.sql(
            """
            update purge_task t
            set state = 'PENDING', generation = t.generation + 1, attempts = 0, barren_claims = 0,
                replay_of = l.fingerprint, dispatched_at = null, next_attempt_at = null
            from dead_letter l join deletion d on d.id = l.deletion_id
            where l.id = any(:letters) and l.state = 'REPLAYING' and t.id = l.task_id and t.state = 'DEAD'
            returning t.id, t.generation, t.deletion_id, t.queue, t.slices,
                      d.resource_kind, d.resource_id, d.resource_type, d.requested_at, d.traceparent
            """)
        .param("letters", letters.toArray(UUID[]::new))
        .query(Task::read)
        .list();
  }

  private void announce(Task task) {
    outbox.request(task.destination(), task.request(), Duration.ZERO, task.traceparent());
  }

  /** Letters that somebody decided about meanwhile have no outcome to wait for. */
  private void passOver(UUID replay, int step) {
    jdbc.sql(
            """
            update replay_item i set outcome = 'SKIPPED'
            where i.replay_id = :replay and i.step = :step and i.outcome is null
              and not exists (select from dead_letter l where l.id = i.dead_letter_id and l.state = 'REPLAYING')
            """)
        .param("replay", replay)
        .param("step", step)
        .update();
  }

  /** A task that goes on. */
  private record Task(
      PurgeRequest request, String queue, boolean large, @Nullable String traceparent) {

    static Task read(ResultSet row, int number) throws SQLException {
      var kind = ResourceKind.of(row.getString("resource_kind"));
      var request =
          new PurgeRequest(
              MessageType.of(kind),
              row.getObject("id", UUID.class),
              row.getInt("generation"),
              row.getObject("deletion_id", UUID.class),
              row.getString("resource_id"),
              row.getString("resource_type"),
              Columns.instant(row, "requested_at"));
      return new Task(
          request, row.getString("queue"), row.getInt("slices") > 0, row.getString("traceparent"));
    }

    UUID deletionId() {
      return request.deletionId();
    }

    /** Behind the small ones, if it was worked on before. */
    WorkQueue destination() {
      var base = new WorkQueue(queue);
      return large ? base.large() : base;
    }
  }
}
