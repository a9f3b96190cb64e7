package io.purgeline.worker.place;

import io.purgeline.messaging.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells everybody which stores this worker cannot reach: what is replayed would only wait for them.
 * Repeated with every probe; a report that is not repeated says nothing any more. Owner of {@code
 * store_outage}.
 */
final class OutageReports {

  private static final Logger log = LoggerFactory.getLogger(OutageReports.class);

  private final JdbcClient jdbc;
  private final String worker;

  OutageReports(JdbcClient jdbc, String worker) {
    this.jdbc = jdbc;
    this.worker = worker;
  }

  /** The store is down. */
  void tell(WorkQueue queue, String problem) {
    note(
        jdbc.sql(
                """
                insert into store_outage (queue, worker, problem) values (:queue, :worker, :problem)
                on conflict (queue, worker) do update
                set problem = excluded.problem, seen_at = clock_timestamp()
                """)
            .param("problem", problem.replace("\0", "")),
        queue);
  }

  /** The store is back; what workers reported that are long gone goes with it. */
  void end(WorkQueue queue) {
    note(
        jdbc.sql(
            """
            delete from store_outage
            where queue = :queue and worker = :worker or seen_at < clock_timestamp() - interval '1 day'
            """),
        queue);
  }

  /** The database may be down as well; the next probe tells again. */
  private void note(JdbcClient.StatementSpec statement, WorkQueue queue) {
    try {
      statement.param("queue", queue.name()).param("worker", worker).update();
    } catch (DataAccessException e) {
      log.debug("an outage could not be reported: {}", e.toString());
    }
  }
}
