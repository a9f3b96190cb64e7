package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.purgeline.gateway.GatewayTestBase;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is asked often, or while somebody waits, is found by an index however full the tables. */
class QueryPlanTest extends GatewayTestBase {

  /** All but the one that the relay listens on, which stays, and asks nothing else. */
  private static final String CONNECTIONS =
      """
      select pid || ' ' || backend_start from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend'
        and query <> 'listen purgeline_outbox'
      """;

  private static boolean filled;

  @Autowired private DeletionWatch watch;

  @BeforeEach
  void fill() {
    if (filled) {
      return;
    }
    filled = true;
    sql.sql(
            """
            with job as (
              insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              select gen_random_uuid(), 'job', gen_random_uuid()::text, 'old', '{}', 'alice', 'PURGED'
              from generate_series(1, 5000) returning id),
            old as (
              insert into deletion
                (id, parent_id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              select gen_random_uuid(), job.id, 'dataset', gen_random_uuid()::text, 'old', '{}', 'alice', 'PURGED'
              from job, generate_series(1, 4) returning id)
            insert into purge_task (id, deletion_id, queue, state) select gen_random_uuid(), id, 'purgeline.records', 'DONE' from old
            """)
        .update();
    sql.sql(
            """
            insert into sample (dataset_id, sample_idx, size_bytes)
            select gen_random_uuid(), n, 1 from generate_series(1, 30000) n
            """)
        .update();
    sql.sql("analyze").update();
  }

  @Test
  void looksAtDeletionsByIndex() {
    assertThat(plan(Sightings.OF_DELETIONS)).doesNotContain("Seq Scan");
  }

  @Test
  void findsTheTasksOfDeletionsByIndex() {
    assertThat(plan(TaskRows.OF_DELETIONS)).doesNotContain("Seq Scan");
  }

  @Test
  void findsTheDeletionOfAResourceByIndex() {
    assertThat(
            plan(
                DeletionRows.LATEST
                    .replace(":kind", "'dataset'")
                    .replace(":id", "'" + UUID.randomUUID() + "'")))
        .doesNotContain("Seq Scan");
  }

  /** Counted by the database itself, over whole requests. */
  @Test
  void deletesAndShowsWithoutScanningTables() {
    var dataset = records.dataset();
    var before = scans();

    var deletion = api.delete("/datasets/" + dataset).deletion();
    api.get("/deletions/" + deletion);
    api.get("/deletions?resource_id=" + dataset);
    api.get("/deletions/" + deletion + "/failures");
    watch.runOnce();

    assertThat(scans()).isEqualTo(before);
  }

  /** Sequential scans of the large tables so far; every connection reports its own at its end. */
  private String scans() {
    var open = connections();
    await()
        .until(() -> {
          evict(); // again and again: one that was just being made is not in the pool yet
          return connections().stream().noneMatch(open::contains);
        });
    return sql.sql(
            """
            select string_agg(relname || ' ' || seq_scan, ', ' order by relname)
            from pg_stat_user_tables where relname in ('sample', 'purge_task')
            """)
        .query(String.class)
        .single();
  }

  private void evict() throws SQLException {
    dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
  }

  private List<String> connections() {
    return sql.sql(CONNECTIONS).query((row, n) -> row.getString(1)).list();
  }

  private String plan(String statement) {
    var ids = "array['" + UUID.randomUUID() + "','" + UUID.randomUUID() + "']::uuid[]";
    return String.join(
        "\n", sql.sql("explain " + statement.replace(":ids", ids)).query(String.class).list());
  }
}
