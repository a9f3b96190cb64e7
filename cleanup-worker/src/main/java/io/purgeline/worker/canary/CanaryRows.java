package io.purgeline.worker.canary;

import io.purgeline.location.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A worker's side of the table {@code canary}. Each step is a guarded update: of several workers
 * one writes, and one that comes too late changes nothing.
 */
@Repository
class CanaryRows {

  private static final String CHANGE =
      "update canary set %s where store = :store and dataset_id = :dataset and state = 'WRITING'";

  private final JdbcClient jdbc;

  CanaryRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes those of these stores that are to be written.
   *
   * @param pause one that could not be written is tried again after this
   */
  List<WantedCanary> take(Collection<String> stores, Duration pause) {
    return jdbc.sql(
            """
            update canary set state = 'WRITING', tried_at = clock_timestamp()
            where store = any(:stores) and state = 'REGISTERED'
              and (problem is null or tried_at < clock_timestamp() - make_interval(secs => :pause))
            returning store, dataset_id, location
            """)
        .param("stores", stores.toArray(String[]::new))
        .param("pause", pause.toMillis() / 1000.0)
        .query((row, n) ->
            new WantedCanary(
                row.getString("store"),
                row.getObject("dataset_id", UUID.class),
                Location.parse(row.getString("location"))))
        .list();
  }

  void written(WantedCanary canary) {
    change(canary, jdbc.sql(CHANGE.formatted("state = 'WRITTEN', written = true, problem = null")));
  }

  /** Gives it back, to be tried again. */
  void failed(WantedCanary canary, String problem) {
    var back = jdbc.sql(CHANGE.formatted("state = 'REGISTERED', problem = :problem"));
    change(canary, back.param("problem", problem.replace("\0", "")));
  }

  private static void change(WantedCanary canary, JdbcClient.StatementSpec change) {
    change.param("store", canary.store()).param("dataset", canary.dataset()).update();
  }
}
