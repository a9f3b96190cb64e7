package io.purgeline.gateway.deadletter;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which stores the workers cannot reach, as they reported it. */
@Repository
class StoreOutages {

  /** A worker that reported an outage and is gone says nothing about now. */
  static final int FRESH_SECONDS = 60;

  private final JdbcClient jdbc;

  StoreOutages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A store that is down and that some letter waits for which this replay put back. */
  Optional<String> inTheWayOf(UUID replay, int step) {
    return jdbc.sql(
            """
            select o.queue || ' is down: ' || o.problem from store_outage o
            where o.seen_at > clock_timestamp() - make_interval(secs => :fresh)
              and exists (select from replay_item i join dead_letter l on l.id = i.dead_letter_id
                          where i.replay_id = :replay and i.step = :step and i.outcome is null
                            and l.store = o.queue)
            order by o.queue limit 1
            """)
        .param("fresh", FRESH_SECONDS)
        .param("replay", replay)
        .param("step", step)
        .query(String.class)
        .optional();
  }
}
