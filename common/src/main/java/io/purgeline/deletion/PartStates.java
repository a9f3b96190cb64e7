package io.purgeline.deletion;

import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The states that a deletion's tasks, and the deletions that are part of it, are in. */
record PartStates(Set<String> states) {

  private static final Set<String> UNFINISHED =
      Set.of("PENDING", "RUNNING", "WAITING", "PURGING", "SCHEDULED");

  /**
   * A job of ten thousand datasets is not counted ten thousand times: the index is asked for one
   * part, and from there for one in the next state, at most as often as there are states. The pair
   * is compared and ordered as a whole because nothing but the index gives that order: asked
   * whether there is a part in a state, the planner reads the table until it meets one.
   */
  static final String OF_DELETION =
      """
      with recursive part (whole, state) as (
        (select parent_id, state from deletion
         where parent_id is not null and (parent_id, state) > (:id, '')
         order by parent_id, state limit 1)
        union all
        select next.parent_id, next.state
        from part cross join lateral (
          select d.parent_id, d.state from deletion d
          where d.parent_id is not null and (d.parent_id, d.state) > (part.whole, part.state)
          order by d.parent_id, d.state limit 1) next
        where part.whole = :id)
      select state from part where whole = :id
      union
      select state from purge_task where deletion_id = :id
      """;

  static PartStates of(JdbcClient jdbc, UUID deletionId) {
    return new PartStates(
        jdbc.sql(OF_DELETION).param("id", deletionId).query((row, n) -> row.getString(1)).set());
  }

  /**
   * Dead if any part is, else purging while one is unfinished, else incomplete, retained or purged,
   * in this order.
   */
  DeletionState whole() {
    if (states.contains("DEAD")) {
      return DeletionState.DEAD;
    }
    if (isUnderWay()) {
      return DeletionState.PURGING;
    }
    if (states.contains("DISCARDED") || states.contains("INCOMPLETE")) {
      return DeletionState.INCOMPLETE;
    }
    return states.contains("RETAINED") ? DeletionState.RETAINED : DeletionState.PURGED;
  }

  /** Whether any of them may still come to an end by itself. */
  boolean isUnderWay() {
    return !Collections.disjoint(states, UNFINISHED);
  }
}
