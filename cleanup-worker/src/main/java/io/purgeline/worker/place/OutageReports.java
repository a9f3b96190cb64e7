package io.purgeline.worker.place;

import io.purgeline.messaging.WorkQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells everybody which stores, roots and buckets this worker cannot reach: what is replayed would
 * only wait for them. Told at once and then {@linkplain #repeat again and again}; a report that is
 * not repeated says nothing any more. Owner of {@code store_outage}.
 */
final class OutageReports {

  private static final Logger log = LoggerFactory.getLogger(OutageReports.class);

  /** A store or root, with all that is in it. */
  private static final String WHOLE = "";

  private final JdbcClient jdbc;
  private final String worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Place, String> problems = new HashMap<>();

  OutageReports(JdbcClient jdbc, String worker) {
    this.jdbc = jdbc;
    this.worker = worker;
  }

  /** The store or root of this queue is out of reach. */
  void tell(WorkQueue queue, String problem) {
    tell(queue, WHOLE, problem);
  }

  /** One bucket of the store is. */
  void tell(WorkQueue queue, String bucket, String problem) {
    lock.lock();
    try {
      var place = new Place(queue, bucket);
      if (!problem.equals(problems.put(place, problem))) {
        report(place, problem);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The store or root is back. */
  void end(WorkQueue queue) {
    end(queue, WHOLE);
  }

  /** The bucket is back. */
  void end(WorkQueue queue, String bucket) {
    lock.lock();
    try {
      var place = new Place(queue, bucket);
      if (problems.remove(place) != null) {
        withdraw(place);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells again of every place that is still out of reach. */
  void repeat() {
    lock.lock();
    try {
      problems.forEach(this::report);
    } finally {
      lock.unlock();
    }
  }

  private void report(Place place, String problem) {
    note(
        jdbc.sql(
                """
                insert into store_outage (queue, worker, place, problem) values (:queue, :worker, :place, :problem)
                on conflict (queue, worker, place) do update
                set problem = excluded.problem, seen_at = clock_timestamp()
                """)
            .param("problem", problem.replace("\0", "")),
        place);
  }

  /** What workers reported that are long gone goes with it. */
  private void withdraw(Place place) {
    note(
        jdbc.sql(
            """
            delete from store_outage
            where queue = :queue and worker = :worker and place = :place
               or seen_at < clock_timestamp() - interval '1 day'
            """),
        place);
  }

  /** The database may be down as well; the next report tells again. */
  private void note(JdbcClient.StatementSpec statement, Place place) {
    try {
      statement
          .param("queue", place.queue().name())
          .param("worker", worker)
          .param("place", place.bucket())
          .update();
    } catch (DataAccessException e) {
      log.debug("an outage could not be reported: {}", e.toString());
    }
  }

  private record Place(WorkQueue queue, String bucket) {}
}
