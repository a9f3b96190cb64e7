package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.deadletter.Selection.Skipped;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Makes replays, and moves them from state to state. */
@Repository
class Replays {

  /** Of what a replay's row keeps as JSON. */
  static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

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

  /** The one this user made under a key, and whether the request meant the same. */
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
    return JSON.writeValueAsString(request.explicit());
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

  /** Gives back what was claimed and not put back: it is open as before. */
  void release(UUID id) {
    jdbc.sql(
            """
            delete from replay_item where replay_id = :id and step is null and outcome is null
            """)
        .param("id", id)
        .update();
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
