package io.purgeline.gateway.deadletter;

import io.purgeline.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The steps of replays. A ramp begins with one letter; each step is then about five times the one
 * before, and begins when every letter of that has its outcome. The sums are kept in the replay's
 * own row: nothing is counted twice, however large a step is.
 */
@Repository
class ReplaySteps {

  private static final long[] RAMP = {1, 5, 20, 100, 500};
  private static final int GROWTH = 5;

  /** From this step on they are all of one size: some billions. */
  private static final int LARGEST = 15;

  private final JdbcClient jdbc;

  ReplaySteps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Replays that run, or that ended with letters on their way whose outcome came since. */
  List<UUID> due() {
    return jdbc.sql(
            """
            select id from replay where state = 'RUNNING'
            union
            select replay_id from replay_item where outcome is not null and not counted
            """)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  /**
   * Locks a replay until the transaction ends, and adds to its sums the outcomes that workers wrote
   * since. Time in which nobody drove it, because it was paused or no gateway was there, does not
   * count for its rate.
   *
   * @return empty if somebody else drives it
   */
  Optional<Due> take(UUID id) {
    return isFree(id) ? Optional.of(count(id)) : Optional.empty();
  }

  private boolean isFree(UUID id) {
    return jdbc.sql("select id from replay where id = :id for update skip locked")
        .param("id", id)
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  private Due count(UUID id) {
    return jdbc.sql(
            """
            with came as (
              update replay_item set counted = true
              where replay_id = :id and outcome is not null and not counted
              returning outcome
            ), sums as (
              select count(*) as settled, count(*) filter (where outcome = 'RESOLVED') as resolved,
                     count(*) filter (where outcome = 'FAILED') as failed
              from came
            )
            update replay r
            set resolved = r.resolved + sums.resolved, failed_again = r.failed_again + sums.failed,
                step_settled = r.step_settled + sums.settled, step_failed = r.step_failed + sums.failed,
                step_began_at = r.step_began_at
                  + case when r.state = 'RUNNING' and clock_timestamp() - r.driven_at > interval '5 seconds'
                         then clock_timestamp() - r.driven_at else interval '0' end,
                driven_at = case when r.state = 'RUNNING' then clock_timestamp() else r.driven_at end
            from sums
            where r.id = :id
            returning r.*, clock_timestamp() as now
            """)
        .param("id", id)
        .query((row, n) -> due(row))
        .single();
  }

  private static Due due(ResultSet row) throws SQLException {
    var taken = row.getLong("replayed") + row.getLong("passed_over");
    var age = since(Columns.instantOrNull(row, "step_began_at"), Columns.instant(row, "now"));
    return new Due(
        row.getObject("id", UUID.class),
        ReplayState.valueOf(row.getString("state")),
        row.getBoolean("ramp"),
        row.getObject("rate_per_second", Double.class),
        row.getLong("accepted") - taken,
        new Step(
            row.getInt("step"),
            row.getLong("step_size"),
            row.getLong("step_taken"),
            row.getLong("step_settled"),
            row.getLong("step_failed"),
            age));
  }

  private static Duration since(@Nullable Instant began, Instant now) {
    return began == null ? Duration.ZERO : Duration.between(began, now);
  }

  /**
   * Begins the next step, if anything is left: now, or when the rate allows the letter after the
   * last one.
   */
  void begin(Due due) {
    var next = due.step().number() + 1;
    jdbc.sql(
            """
            update replay
            set step = :step, step_size = :size,
                step_began_at = greatest(
                  clock_timestamp(), step_began_at + make_interval(secs => step_taken / rate_per_second)),
                step_taken = 0, step_settled = 0, step_failed = 0
            where id = :id
            """)
        .param("step", next)
        .param("size", due.ramp() ? Math.min(due.remaining(), size(next)) : due.remaining())
        .param("id", due.id())
        .update();
  }

  /** Letters of the current step were dealt with. Those passed over have nothing to wait for. */
  void took(Due due, int putBack, int passedOver) {
    jdbc.sql(
            """
            update replay
            set replayed = replayed + :putBack, passed_over = passed_over + :passedOver,
                step_taken = step_taken + :putBack + :passedOver, step_settled = step_settled + :passedOver
            where id = :id
            """)
        .param("putBack", putBack)
        .param("passedOver", passedOver)
        .param("id", due.id())
        .update();
  }

  /** How many letters a step of a ramp has; the first is number 1. */
  static long size(int number) {
    if (number <= RAMP.length) {
      return RAMP[number - 1];
    }
    return GROWTH * size(Math.min(number, LARGEST) - 1);
  }

  /** Why letters of the current step failed again: the commonest cause. */
  String failureOf(Due due) {
    return jdbc.sql(
            """
            select i.fingerprint || ' (' || min(l.title) || ')'
            from replay_item i join dead_letter l on l.id = i.dead_letter_id
            where i.replay_id = :replay and i.step = :step and i.outcome = 'FAILED'
            group by i.fingerprint order by count(*) desc limit 1
            """)
        .param("replay", due.id())
        .param("step", due.step().number())
        .query(String.class)
        .optional()
        .orElse("for reasons that are forgotten");
  }

  /**
   * A replay to be driven.
   *
   * @param remaining letters that were not taken yet
   */
  record Due(
      UUID id,
      ReplayState state,
      boolean ramp,
      @Nullable Double ratePerSecond,
      long remaining,
      Step step) {}

  /**
   * The step that runs.
   *
   * @param taken letters it has dealt with so far
   * @param settled those of them that have an outcome
   * @param age since it began; negative while the rate keeps it waiting
   */
  record Step(int number, long size, long taken, long settled, long failed, Duration age) {

    boolean isSettled() {
      return taken == size && settled == taken;
    }

    /** How many more may be put back now. */
    long allowed(@Nullable Double perSecond) {
      var rest = size - taken;
      if (perSecond == null) {
        return rest;
      }
      var soFar = 1 + (long) Math.floor(age.toMillis() / 1000.0 * perSecond);
      return Math.clamp(soFar - taken, 0, rest);
    }
  }
}
