package io.purgeline.deletion;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * What is still to be done, read from the database, so that every process shows the same. Where it
 * can't be read, the last good figures stay, with the time of that success beside them.
 */
public final class DeletionGauges {

  private static final Logger log = LoggerFactory.getLogger(DeletionGauges.class);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Duration objective;
  private final List<Reading> readings;
  private final AtomicLong lastSuccessMillis = new AtomicLong();

  /**
   * Nothing is read yet.
   *
   * @param objective a task that is unfinished for longer is overdue
   */
  public DeletionGauges(JdbcClient jdbc, Clock clock, Duration objective, MeterRegistry registry) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.objective = objective;
    this.readings = GaugeQuery.ALL.stream().map(query -> new Reading(query, registry)).toList();
    Gauge.builder(
            "purgeline.gauges.last.success.timestamp",
            lastSuccessMillis,
            time -> time.get() / 1000.0)
        .description("When the gauges read from the database were last read; 0 is never")
        .baseUnit("seconds")
        .register(registry);
  }

  @Scheduled(fixedDelay = 5_000)
  void run() {
    try {
      runOnce();
    } catch (DataAccessException | TransactionException e) {
      log.warn("the gauges keep their last figures: {}", e.toString());
    }
  }

  /** Reads all of them, then shows all of them; one at a time, lest older figures come last. */
  public synchronized void runOnce() {
    var rows = readings.stream().map(reading -> reading.read(jdbc, objective)).toList();
    for (int i = 0; i < rows.size(); i++) {
      readings.get(i).show(rows.get(i));
    }
    lastSuccessMillis.set(clock.millis());
  }

  /**
   * A query and the gauge that shows its rows. A series stays registered while its row is there,
   * lest a scrape miss it, and reads its figure from here.
   *
   * @param figures by the series' tags
   */
  private record Reading(GaugeQuery query, MultiGauge gauge, Map<Tags, Double> figures) {

    Reading(GaugeQuery query, MeterRegistry registry) {
      this(query, query.gauge(registry), new ConcurrentHashMap<>());
    }

    Map<Tags, Double> read(JdbcClient jdbc, Duration objective) {
      var rows = new HashMap<Tags, Double>();
      jdbc.sql(query.sql())
          .param("objective", objective.toMillis() / 1000.0)
          .query((RowCallbackHandler) row -> rows.put(tags(row), row.getDouble("value")));
      return rows;
    }

    private Tags tags(ResultSet row) throws SQLException {
      var tags = Tags.empty();
      for (var tag : query.tags()) {
        tags = tags.and(tag, row.getString(tag));
      }
      return tags;
    }

    void show(Map<Tags, Double> rows) {
      figures.putAll(rows);
      gauge.register(rows.keySet().stream().map(this::series).toList());
      figures.keySet().retainAll(rows.keySet());
    }

    private Row<?> series(Tags tags) {
      return Row.of(tags, figures, all -> all.getOrDefault(tags, Double.NaN));
    }
  }
}
