package io.purgeline.gateway.deadletter;

import io.purgeline.database.Conditions;
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
 * What operators decide of dead letters. Each decision is one guarded change of letters, tasks and
 * deletions, locked in this order, and part of the caller's transaction. At most {@link #MOST}
 * letters are changed at once, those with the lowest ids.
 */
@Repository
class Decisions {

  static final int MOST = 1_000;

  private static final Duration LONGEST_SNOOZE = Duration.ofDays(7);

  /** A replay that has claimed a letter decides about it. */
  private static final String OPEN =
      """
       and l.state = 'OPEN'
       and not exists (select from replay_item i where i.dead_letter_id = l.id and i.outcome is null)
      """;

  private static final String SET_ASIDE =
      " and (l.state = 'DISCARDED' or l.state = 'OPEN' and l.snoozed_until is not null)";

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
   * @param which conditions on {@code dead_letter l}
   * @return those that were open, and part of no replay
   */
  List<Letter> discard(Conditions which, Requester by) {
    var letters = lock(which, OPEN);
    jdbc.sql(
            """
            update dead_letter
            set state = 'DISCARDED', snoozed_until = null,
                decision = :reason, decided_by = :by, decided_at = clock_timestamp()
            where id = any(:letters)
            """)
        .param("reason", by.reason())
        .param("by", by.actor())
        .param("letters", ids(letters))
        .update();
    moveTasks(letters, "DEAD", "DISCARDED");
    return letters;
  }

  /**
   * Takes a discard or a snooze back.
   *
   * @return those that were discarded or snoozed
   */
  List<Letter> restore(Conditions which) {
    var letters = lock(which, SET_ASIDE);
    jdbc.sql(
            """
            update dead_letter
            set state = 'OPEN', snoozed_until = null, decision = null, decided_by = null, decided_at = null
            where id = any(:letters)
            """)
        .param("letters", ids(letters))
        .update();
    moveTasks(letters, "DISCARDED", "DEAD");
    return letters;
  }

  /**
   * Leaves letters aside until a time: they are still open, and no alert tells of them.
   *
   * @return those that were open, and part of no replay
   * @throws ApiException 400 if the time is past or more than seven days ahead
   */
  List<Letter> snooze(Conditions which, Requester by, Instant until) {
    var now = clock.instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
      throw ApiException.badRequest(
          "Invalid until: it must be in the future, at most seven days ahead");
    }
    var letters = lock(which, OPEN);
    jdbc.sql(
            """
            update dead_letter
            set snoozed_until = :until, decision = :reason, decided_by = :by, decided_at = clock_timestamp()
            where id = any(:letters)
            """)
        .param("until", until.atOffset(ZoneOffset.UTC))
        .param("reason", by.reason())
        .param("by", by.actor())
        .param("letters", ids(letters))
        .update();
    return letters;
  }

  private List<Letter> lock(Conditions which, String fit) {
    var letters =
        jdbc.sql(
                "select l.id, l.task_id, l.deletion_id from dead_letter l"
                    + which.where()
                    + fit
                    + " order by l.id limit "
                    + MOST
                    + " for update")
            .params(which.values())
            .query((row, n) ->
                new Letter(
                    row.getObject("id", UUID.class),
                    row.getObject("task_id", UUID.class),
                    row.getObject("deletion_id", UUID.class)))
            .list();
    progress.lock(deletions(letters));
    return letters;
  }

  /** An unreadable message has no task. */
  private void moveTasks(List<Letter> letters, String from, String to) {
    var tasks = letters.stream().map(Letter::taskId).filter(Objects::nonNull).toArray(UUID[]::new);
    var moved =
        jdbc.sql(
                """
                update purge_task set state = :to where id = any(:tasks) and state = :from returning deletion_id
                """)
            .param("to", to)
            .param("from", from)
            .param("tasks", tasks)
            .query((row, n) -> row.getObject(1, UUID.class))
            .set();
    progress.refreshAll(moved);
  }

  private static UUID[] ids(List<Letter> letters) {
    return letters.stream().map(Letter::id).toArray(UUID[]::new);
  }

  private static List<UUID> deletions(List<Letter> letters) {
    return letters.stream().map(Letter::deletionId).filter(Objects::nonNull).toList();
  }

  /** A letter about which somebody decided. */
  record Letter(UUID id, @Nullable UUID taskId, @Nullable UUID deletionId) {}
}
