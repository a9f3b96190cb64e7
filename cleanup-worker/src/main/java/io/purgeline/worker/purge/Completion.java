package io.purgeline.worker.purge;

import io.purgeline.database.Columns;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Settling;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the end that was just seen of a place may be believed already. */
final class Completion {

  private final JdbcClient jdbc;
  private final Duration settleTime;

  Completion(JdbcClient jdbc, Duration settleTime) {
    this.jdbc = jdbc;
    this.settleTime = settleTime;
  }

  /**
   * Decides for a place in which a fresh look found nothing that may go.
   *
   * @param arrived whether anything was met in this slice that somebody wrote, so that a settling
   *     time begins anew
   * @param end what comes of it if nobody can write there any more
   */
  Outcome of(PurgeTask task, boolean arrived, Outcome end) {
    var moment = moment(task.id());
    var now = moment.now();
    var quarantine = moment.quarantineUntil();
    if (quarantine != null && now.isBefore(quarantine)) {
      // A request without an answer may still be carried out: the place is given back after that.
      return new Continue(Duration.between(now, quarantine).plusMillis(100));
    }
    if (task.settle() && !settleTime.isZero()) {
      var until = task.timing().settleUntil();
      if (until == null || arrived) {
        return new Settling(settleTime);
      }
      if (now.isBefore(until)) {
        return new Continue(Duration.between(now, until).plusMillis(100));
      }
    }
    return end;
  }

  private Moment moment(UUID task) {
    return jdbc.sql(
            "select clock_timestamp() as now, quarantine_until from purge_task where id = :id")
        .param("id", task)
        .query((row, n) ->
            new Moment(Columns.instant(row, "now"), Columns.instantOrNull(row, "quarantine_until")))
        .single();
  }

  /** On the database's clock. */
  private record Moment(Instant now, @Nullable Instant quarantineUntil) {}
}
