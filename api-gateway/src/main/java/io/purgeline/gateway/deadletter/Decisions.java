package io.purgeline.gateway.deadletter;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What operators decide of dead letters. Each decision is one guarded change of the letter, its
 * task and its deletion, part of the caller's transaction.
 */
@Repository
class Decisions {

  private static final Duration LONGEST_SNOOZE = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final DeletionProgress progress;
  private final Clock clock;

  Decisions(JdbcClient jdbc, DeletionProgress progress, Clock clock) {
    this.jdbc = jdbc;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Accepts that what is left stays: nobody will free these bytes, and the deletion is incomplete.
   *
   * @return how many were open, and part of no replay
   */
  int discard(Chosen chosen, Requester by) {
    var letters =
        decide(
            chosen,
            """
            update dead_letter l
            set state = 'DISCARDED', snoozed_until = null,
                decision = :reason, decided_by = :by, decided_at = clock_timestamp()
            where %s and l.state = 'OPEN'
              and not exists (select from replay_item i where i.dead_letter_id = l.id and i.outcome is null)
            """,
            by);
    moveTasks(letters, "DEAD", "DISCARDED");
    return letters.size();
  }

  /** Takes a discard or a snooze back. */
  int restore(Chosen chosen, Requester by) {
    var letters =
        decide(
            chosen,
            """
            update dead_letter l
            set state = 'OPEN', snoozed_until = null, decision = null, decided_by = null, decided_at = null
            where %s and (l.state = 'DISCARDED' or l.state = 'OPEN' and l.snoozed_until is not null)
            """,
            by);
    moveTasks(letters, "DISCARDED", "DEAD");
    return letters.size();
  }

  /**
   * Leaves letters aside until a time: they are still open, and no alert tells of them.
   *
   * @throws ApiException 400 if the time is past or more than seven days ahead
   */
  int snooze(Chosen chosen, Requester by, Instant until) {
    var now = clock.instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
      throw ApiException.badRequest(
          "Invalid until: it must be in the future, at most seven days ahead");
    }
    return decide(
            chosen,
            """
            update dead_letter l
            set snoozed_until = :until, decision = :reason, decided_by = :by, decided_at = clock_timestamp()
            where %s and l.state = 'OPEN'
            """,
            by,
            until)
        .size();
  }

  private List<Letter> decide(Chosen chosen, String sql, Requester by) {
    return decide(chosen, sql, by, Instant.EPOCH);
  }

  private List<Letter> decide(Chosen chosen, String sql, Requester by, Instant until) {
    return jdbc.sql(sql.formatted(chosen.condition()) + " returning l.id, l.task_id, l.deletion_id")
        .param("chosen", chosen.value())
        .param("reason", by.reason())
        .param("by", by.actor())
        .param("until", until.atOffset(ZoneOffset.UTC))
        .query((row, n) ->
            new Letter(
                row.getObject("id", UUID.class),
                row.getObject("task_id", UUID.class),
                row.getObject("deletion_id", UUID.class)))
        .list();
  }

  /** An unreadable message has no task. */
  private void moveTasks(List<Letter> letters, String from, String to) {
    var tasks = letters.stream().map(Letter::taskId).filter(Objects::nonNull).toArray(UUID[]::new);
    jdbc.sql("update purge_task set state = :to where id = any(:tasks) and state = :from")
        .param("to", to)
        .param("from", from)
        .param("tasks", tasks)
        .update();
    progress.refreshAll(letters.stream().map(Letter::deletionId).filter(Objects::nonNull).toList());
  }

  private record Letter(UUID id, @Nullable UUID taskId, @Nullable UUID deletionId) {}

  /**
   * The letters that are meant.
   *
   * @param condition on {@code dead_letter l}, with the parameter {@code chosen}
   */
  record Chosen(String condition, Object value) {

    static Chosen one(UUID id) {
      return new Chosen("l.id = :chosen", id);
    }

    static Chosen group(String group) {
      return new Chosen("l.fingerprint = :chosen", group);
    }
  }
}
