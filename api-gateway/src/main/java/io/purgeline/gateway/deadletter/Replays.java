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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code replay}: what was asked for and how far it has come. */
@Repository
class Replays {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** The sums of the steps that ended, and the counts of the one that runs. */
  private static final String SELECT =
      """
      select r.*, now.taken, now.went_through, now.failed
      from replay r
      cross join lateral (
        select count(*) as taken,
               count(*) filter (where outcome = 'RESOLVED') as went_through,
               count(*) filter (where outcome = 'FAILED') as failed
        from replay_item where replay_id = r.id and step = r.step) now
      """;

  private final JdbcClient jdbc;

  Replays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes a replay, unless this user made one under the same key already.
   *
   * @return whether it is new
   */
  boolean insert(New replay) {
    var request = replay.request();
    return jdbc.sql(
                """
                insert into replay (id, state, actor, reason, selector, ramp, rate_per_second,
                                    idempotency_key, request, accepted, skipped)
                values (:id, 'RUNNING', :actor, :reason, cast(:selector as jsonb), :ramp, :rate,
                        :key, :request, 0, '{}')
                on conflict (actor, idempotency_key) do nothing
                """)
            .param("id", replay.id())
            .param("actor", replay.actor())
            .param("reason", replay.reason())
            .param("selector", JSON.writeValueAsString(request.selector()))
            .param("ramp", request.isRamped())
            .param("rate", request.ratePerSecond())
            .param("key", replay.idempotencyKey())
            .param("request", text(request))
            .update()
        == 1;
  }

  /** What it accepted; one that accepted nothing is done. */
  void accept(UUID id, long accepted, Skipped skipped) {
    jdbc.sql(
            """
            update replay
            set accepted = :accepted, skipped = cast(:skipped as jsonb),
                state = case when :accepted = 0 then 'DONE' else state end,
                finished_at = case when :accepted = 0 then clock_timestamp() end
            where id = :id
            """)
        .param("accepted", accepted)
        .param("skipped", JSON.writeValueAsString(skipped))
        .param("id", id)
        .update();
  }

  /** The one this user made under a key, and whether the request was the same. */
  Optional<Repeated> repeated(String actor, String key, ReplayRequest request) {
    return jdbc.sql(
            """
            select id, request = :request as same from replay
            where actor = :actor and idempotency_key = :key
            """)
        .param("request", text(request))
        .param("actor", actor)
        .param("key", key)
        .query((row, n) -> new Repeated(row.getObject("id", UUID.class), row.getBoolean("same")))
        .optional();
  }

  private static String text(ReplayRequest request) {
    return JSON.writeValueAsString(request);
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
    return jdbc.sql(SELECT + " where r.id = any(:ids)")
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, n) -> view(row))
        .list();
  }

  /** The latest first. */
  Page<ReplayView> page(@Nullable String state, int limit, @Nullable UUID before) {
    var conditions =
        new Conditions()
            .and("r.state = :state", "state", state)
            .and("r.id < :before", "before", before);
    var rows =
        jdbc.sql(SELECT + conditions.where() + " order by r.id desc limit " + (limit + 1))
            .params(conditions.values())
            .query((row, n) -> view(row))
            .list();
    return Page.of(rows, limit, replay -> replay.id().toString());
  }

  /**
   * Moves a replay if it is in one of the given states.
   *
   * @return whether it was
   */
  boolean move(UUID id, Collection<ReplayState> from, ReplayState to, @Nullable String because) {
    return jdbc.sql(
                """
                update replay
                set state = :to, aborted_because = :because,
                    finished_at = case when :final then clock_timestamp() end
                where id = :id and state = any(:from)
                """)
            .param("to", to.name())
            .param("because", because)
            .param("final", to.isFinal())
            .param("id", id)
            .param("from", from.stream().map(Enum::name).toArray(String[]::new))
            .update()
        == 1;
  }

  /** Gives back what was claimed and not put back. */
  void release(UUID id) {
    jdbc.sql(
            """
            update replay_item set outcome = 'RELEASED'
            where replay_id = :id and outcome is null and step is null
            """)
        .param("id", id)
        .update();
  }

  private static ReplayView view(ResultSet row) throws SQLException {
    var replayed = row.getLong("replayed") + row.getLong("taken");
    var rate = row.getObject("rate_per_second", Double.class);
    return new ReplayView(
        row.getObject("id", UUID.class),
        ReplayState.valueOf(row.getString("state")),
        row.getLong("accepted"),
        replayed,
        row.getLong("resolved") + row.getLong("went_through"),
        row.getLong("failed_again") + row.getLong("failed"),
        row.getLong("accepted") - replayed,
        row.getInt("step"),
        nextAt(row, rate),
        rate,
        row.getBoolean("ramp"),
        JSON.readValue(row.getString("skipped"), Skipped.class),
        row.getString("aborted_because"),
        row.getString("actor"),
        row.getString("reason"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "finished_at"));
  }

  private static @Nullable Instant nextAt(ResultSet row, @Nullable Double rate)
      throws SQLException {
    var began = Columns.instantOrNull(row, "step_began_at");
    var taken = row.getLong("taken");
    if (began == null || rate == null || taken == row.getLong("step_size")) {
      return null;
    }
    return began.plusMillis((long) (taken * 1000 / rate));
  }

  /** A replay to be made. */
  record New(
      UUID id,
      String actor,
      String reason,
      @Nullable String idempotencyKey,
      ReplayRequest request) {}

  /** A replay that was made under the same key. */
  record Repeated(UUID id, boolean same) {}
}
