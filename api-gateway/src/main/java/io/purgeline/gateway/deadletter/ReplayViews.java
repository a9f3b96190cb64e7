package io.purgeline.gateway.deadletter;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.gateway.deadletter.Selection.Skipped;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads replays. Each is one row, however many letters it has. */
@Repository
class ReplayViews {

  private static final String ALL =
      "select r.*, exists (select from purge_freeze) as frozen from replay r";

  private final JdbcClient jdbc;

  ReplayViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One replay.
   *
   * @throws ApiException 404 if there is none
   */
  ReplayView one(UUID id) {
    return of(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("Replay not found: " + id));
  }

  List<ReplayView> of(Collection<UUID> ids) {
    return jdbc.sql(ALL + " where id = any(:ids)")
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, n) -> view(row))
        .list();
  }

  /** The latest first. */
  Page<ReplayView> page(@Nullable String state, int limit, @Nullable UUID before) {
    var conditions =
        new Conditions()
            .and("state = :state", "state", state)
            .and("id < :before", "before", before);
    var rows =
        jdbc.sql(ALL + conditions.where() + " order by id desc limit " + (limit + 1))
            .params(conditions.values())
            .query((row, n) -> view(row))
            .list();
    return Page.of(rows, limit, replay -> replay.id().toString());
  }

  private static ReplayView view(ResultSet row) throws SQLException {
    var replayed = row.getLong("replayed");
    var passedOver = row.getLong("passed_over");
    var state = ReplayState.valueOf(row.getString("state"));
    return new ReplayView(
        row.getObject("id", UUID.class),
        state,
        row.getLong("accepted"),
        replayed,
        row.getLong("resolved"),
        row.getLong("failed_again"),
        passedOver,
        row.getLong("accepted") - replayed - passedOver,
        row.getInt("step"),
        nextAt(row),
        row.getObject("rate_per_second", Double.class),
        row.getBoolean("ramp"),
        Replays.JSON.readValue(row.getString("skipped"), Skipped.class),
        !state.isFinal() && row.getBoolean("frozen"),
        row.getString("aborted_because"),
        row.getString("actor"),
        row.getString("reason"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "finished_at"));
  }

  private static @Nullable Instant nextAt(ResultSet row) throws SQLException {
    var began = Columns.instantOrNull(row, "step_began_at");
    var rate = row.getObject("rate_per_second", Double.class);
    var taken = row.getLong("step_taken");
    var running = ReplayState.valueOf(row.getString("state")) == ReplayState.RUNNING;
    if (!running || began == null || rate == null || taken == row.getLong("step_size")) {
      return null;
    }
    return began.plusMillis((long) (taken * 1000 / rate));
  }
}
