package io.purgeline.gateway.deadletter;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which stores the workers cannot reach, as they reported it. */
@Repository
class StoreOutages {

  private final JdbcClient jdbc;

  StoreOutages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A store that is down while letters of the replay wait for it, put back or not; or a single
   * bucket of one that a letter met which was put back. What counts is what is reported now: a task
   * that has gone on still tells of the outage it met last.
   */
  Optional<String> inTheWayOf(UUID replay) {
    return jdbc.sql(
            """
            select o.store || ' is out of reach: ' || o.problem as problem
            from store_out_of_reach o
            where o.place = ''
              and exists (select from replay_item i
                          where i.replay_id = :replay and i.store = o.queue and i.outcome is null)
            union all
            select o.place || ' is out of reach: ' || o.problem
            from store_out_of_reach o
            join purge_task t on t.queue = o.queue and substring(t.location from '^[a-z0-9]+://[^/]+/[^/]+') = o.place
            join dead_letter l on l.task_id = t.id
            join replay_item i on i.dead_letter_id = l.id and i.outcome is null and i.replay_id = :replay
            where t.state = 'WAITING' and t.replay_of is not null and t.last_error_class = 'OUTAGE'
            order by problem limit 1
            """)
        .param("replay", replay)
        .query(String.class)
        .optional();
  }
}
