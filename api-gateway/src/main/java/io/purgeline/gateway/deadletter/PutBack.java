package io.purgeline.gateway.deadletter;

import static java.util.stream.Collectors.toSet;

import io.purgeline.database.Columns;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.deadletter.ReplaySteps.Due;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
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
  private final ReplaySteps steps;

  PutBack(JdbcClient jdbc, Outbox outbox, DeletionProgress progress, ReplaySteps steps) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.progress = progress;
    this.steps = steps;
  }

  /**
   * Puts the next ones back; those that were decided otherwise meanwhile are passed over. Letters
   * are locked before deletions, as by everybody who changes both.
   *
   * @return whether any of the replay's letters were left to be dealt with
   */
  boolean some(Due due, int most) {
    var letters = take(due, most);
    var open = lock(letters);
    progress.lock(open.stream().map(Open::deletionId).toList());
    var tasks = restart(open);
    reopen(tasks);
    tasks.forEach(this::announce);
    progress.refreshAll(tasks.stream().map(Task::deletionId).collect(toSet()));
    steps.took(due, tasks.size(), passOver(due, letters, tasks));
    return !letters.isEmpty();
  }

  private List<UUID> take(Due due, int most) {
    return jdbc.sql(
            """
            update replay_item set step = :step
            where replay_id = :replay and dead_letter_id in (
              select dead_letter_id from replay_item
              where replay_id = :replay and step is null
              order by dead_letter_id limit :most)
            returning dead_letter_id
            """)
        .param("replay", due.id())
        .param("step", due.step().number())
        .param("most", most)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  /** Those that are still open. */
  private List<Open> lock(List<UUID> letters) {
    return jdbc.sql(
            """
            select id, deletion_id from dead_letter
            where id = any(:letters) and state = 'OPEN' and task_id is not null
            order by id for update
            """)
        .param("letters", letters.toArray(UUID[]::new))
        .query((row, n) -> new Open(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .list();
  }

  private List<Task> restart(List<Open> letters) {
    return jdbc.sql(
            """
            update purge_task t
            set state = 'PENDING', generation = t.generation + 1, attempts = 0, barren_claims = 0,
                replay_of = l.fingerprint, dispatched_at = null, next_attempt_at = null
            from dead_letter l join deletion d on d.id = l.deletion_id
            where l.id = any(:letters) and t.id = l.task_id and t.state = 'DEAD'
            returning l.id as letter, t.id, t.generation, t.deletion_id, t.queue, t.slices,
                      d.resource_kind, d.resource_id, d.resource_type, d.requested_at, d.traceparent
            """)
        .param("letters", letters.stream().map(Open::id).toArray(UUID[]::new))
        .query(Task::read)
        .list();
  }

  private void reopen(List<Task> tasks) {
    jdbc.sql(
            """
            update dead_letter set state = 'REPLAYING', replays = replays + 1, snoozed_until = null
            where id = any(:letters)
            """)
        .param("letters", tasks.stream().map(Task::letter).toArray(UUID[]::new))
        .update();
  }

  private void announce(Task task) {
    outbox.request(task.destination(), task.request(), Duration.ZERO, task.traceparent());
  }

  /** Letters that somebody decided about meanwhile have no outcome to wait for. */
  private int passOver(Due due, List<UUID> letters, List<Task> tasks) {
    var rest = new HashSet<>(letters);
    tasks.forEach(task -> rest.remove(task.letter()));
    if (rest.isEmpty()) {
      return 0;
    }
    return jdbc.sql(
            """
            update replay_item set outcome = 'PASSED_OVER', counted = true
            where replay_id = :replay and dead_letter_id = any(:rest)
            """)
        .param("replay", due.id())
        .param("rest", rest.toArray(UUID[]::new))
        .update();
  }

  /** A letter that nobody else decides about now. */
  private record Open(UUID id, UUID deletionId) {}

  /** A task that goes on. */
  private record Task(
      UUID letter,
      PurgeRequest request,
      String queue,
      boolean large,
      @Nullable String traceparent) {

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
          row.getObject("letter", UUID.class),
          request,
          row.getString("queue"),
          row.getInt("slices") > 0,
          row.getString("traceparent"));
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
