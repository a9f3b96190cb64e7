package io.purgeline.worker.place;

import io.purgeline.testing.PostgresServer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outages that are on record in a database of their own. */
final class StoredReports {

  private final JdbcClient jdbc;

  StoredReports() {
    jdbc = JdbcClient.create(PostgresServer.shared().newMigratedDatabase().dataSourceInSchema());
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  List<String> all() {
    return texts("select queue || ' ' || worker || ' ' || problem from store_outage order by 1");
  }

  /** Those somebody who decides by them still believes. */
  List<String> fresh() {
    return texts("select queue from store_out_of_reach");
  }

  void growOld() {
    jdbc.sql("update store_outage set seen_at = seen_at - interval '70 seconds'").update();
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).query((row, n) -> row.getString(1)).list();
  }
}
