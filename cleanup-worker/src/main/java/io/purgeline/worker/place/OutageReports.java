package io.purgeline.worker.place;

import io.purgeline.messaging.WorkQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells everybody which stores, roots and buckets this worker cannot reach: what is replayed would
 * only wait for them. A queue has one report, with every problem that stands in its way. Told at
 * once and then {@linkplain #repeat again and again}; a report that is not repeated says nothing
 * any more. Owner of {@code store_outage}.
 */
final class OutageReports {

  private static final Logger log = LoggerFactory.getLogger(OutageReports.class);

  private final JdbcClient jdbc;
  private final String worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<WorkQueue, SortedMap<String, String>> problems = new HashMap<>();

  OutageReports(JdbcClient jdbc, String worker) {
    this.jdbc = jdbc;
    this.worker = worker;
  }

  /** The place is out of reach, and so are purges of this queue that want it. */
  void tell(WorkQueue queue, String place, String problem) {
    lock.lock();
    try {
      var before = problems.computeIfAbsent(queue, _ -> new TreeMap<>()).put(place, problem);
      if (!problem.equals(before)) {
        write(queue);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The place is back. */
  void end(WorkQueue queue, String place) {
    lock.lock();
    try {
      var known = problems.get(queue);
      if (known != null && known.remove(place) != null) {
        write(queue);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells again of every place that is still out of reach. */
  void repeat() {
    lock.lock();
    try {
      problems.entrySet().stream()
          .filter(known -> !known.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .forEach(this::write);
    } finally {
      lock.unlock();
    }
  }

  /** The database may be down as well; the next report tells again. */
  private void write(WorkQueue queue) {
    try {
      var known = problems.getOrDefault(queue, new TreeMap<>());
      if (known.isEmpty()) {
        withdraw(queue);
      } else {
        report(queue, String.join("; ", known.values()));
      }
    } catch (DataAccessException e) {
      log.debug("an outage could not be reported: {}", e.toString());
    }
  }

  private void report(WorkQueue queue, String problem) {
    jdbc.sql(
            """
            insert into store_outage (queue, worker, problem) values (:queue, :worker, :problem)
            on conflict (queue, worker) do update
            set problem = excluded.problem, seen_at = clock_timestamp()
            """)
        .param("queue", queue.name())
        .param("worker", worker)
        .param("problem", problem.replace("\0", ""))
        .update();
  }

  /** What workers reported that are long gone goes with it. */
  private void withdraw(WorkQueue queue) {
    jdbc.sql(
            """
            delete from store_outage
            where queue = :queue and worker = :worker or seen_at < clock_timestamp() - interval '1 day'
            """)
        .param("queue", queue.name())
        .param("worker", worker)
        .update();
  }
}
