package io.purgeline.gateway.deadletter;

import io.purgeline.database.Columns;
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
 * before, and begins when every letter of that has its outcome.
 */
@Repository
class ReplaySteps {

  private static final long[] RAMP = {1, 5, 20, 100, 500};
  private static final int GROWTH = 5;

  private final JdbcClient jdbc;
  private final Replays replays;

  ReplaySteps(JdbcClient jdbc, Replays replays) {
    this.jdbc = jdbc;
    this.replays = replays;
  }

  /**
   * The replay that nobody drives and that waited longest, locked until the transaction ends. Time
   * in which nobody drove it, because it was paused or no gateway was there, does not count for its
   * rate.
   */
  Optional<Due> next() {
    return jdbc.sql(
            """
            update replay
            set step_began_at = step_began_at
                  + case when clock_timestamp() - driven_at > interval '5 seconds'
                         then clock_timestamp() - driven_at else interval '0' end,
                driven_at = clock_timestamp()
            where id = (select id from replay where state = 'RUNNING'
                        order by driven_at nulls first, id limit 1 for update skip locked)
            returning id, ramp, rate_per_second, accepted, replayed, step, step_size, step_began_at,
                      clock_timestamp() as now
            """)
        .query((row, n) -> {
          var id = row.getObject("id", UUID.class);
          var began = Columns.instantOrNull(row, "step_began_at");
          var now = Columns.instant(row, "now");
          return new Due(
              id,
              row.getBoolean("ramp"),
              row.getObject("rate_per_second", Double.class),
              row.getLong("accepted") - row.getLong("replayed"),
              step(id, row.getInt("step"), row.getLong("step_size"), since(began, now)));
        })
        .optional();
  }

  private static Duration since(@Nullable Instant began, Instant now) {
    return began == null ? Duration.ZERO : Duration.between(began, now);
  }

  private Step step(UUID replay, int number, long size, Duration age) {
    return jdbc.sql(
            """
            select count(*) as taken, count(*) filter (where outcome is null) as unsettled,
                   count(*) filter (where outcome = 'RESOLVED') as resolved,
                   count(*) filter (where outcome = 'FAILED') as failed
            from replay_item where replay_id = :replay and step = :step
            """)
        .param("replay", replay)
        .param("step", number)
        .query((row, n) ->
            new Step(
                number,
                size,
                row.getLong("taken"),
                row.getLong("unsettled"),
                row.getLong("resolved"),
                row.getLong("failed"),
                age))
        .single();
  }

  /** Begins the next step; without any letter left, the replay is done. */
  void beginNext(Due due) {
    var step = due.step();
    var remaining = due.remaining() - step.taken();
    if (remaining == 0) {
      replays.move(due.id(), List.of(ReplayState.RUNNING), ReplayState.DONE, null);
    } else {
      begin(due, due.ramp() ? Math.min(remaining, size(step.number() + 1)) : remaining);
    }
  }

  /** Adds the step that ended to the sums. */
  private void begin(Due due, long size) {
    var step = due.step();
    jdbc.sql(
            """
            update replay
            set replayed = replayed + :taken, resolved = resolved + :resolved,
                failed_again = failed_again + :failed,
                step = step + 1, step_size = :size, step_began_at = clock_timestamp()
            where id = :id
            """)
        .param("taken", step.taken())
        .param("resolved", step.resolved())
        .param("failed", step.failed())
        .param("size", size)
        .param("id", due.id())
        .update();
  }

  /** How many letters a step of a ramp has; the first is number 1. */
  static long size(int number) {
    if (number <= RAMP.length) {
      return RAMP[number - 1];
    }
    return GROWTH * size(Math.min(number, 15) - 1);
  }

  /** Stops it; what was not put back is open as before. */
  void abort(Due due, String because) {
    replays.move(due.id(), List.of(ReplayState.RUNNING), ReplayState.ABORTED, because);
    replays.release(due.id());
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
        .single();
  }

  /**
   * A replay to be driven.
   *
   * @param remaining letters that no step that has ended put back
   */
  record Due(UUID id, boolean ramp, @Nullable Double ratePerSecond, long remaining, Step step) {}

  /**
   * The step that runs.
   *
   * @param taken letters it has put back so far
   * @param unsettled those of them without outcome
   */
  record Step(
      int number, long size, long taken, long unsettled, long resolved, long failed, Duration age) {

    boolean isSettled() {
      return taken == size && unsettled == 0;
    }

    /** How many more may be put back now. */
    long allowed(@Nullable Double perSecond) {
      var rest = size - taken;
      if (perSecond == null) {
        return rest;
      }
      var soFar = 1 + (long) (age.toMillis() / 1000.0 * perSecond);
      return Math.clamp(soFar - taken, 0, rest);
    }
  }
}
