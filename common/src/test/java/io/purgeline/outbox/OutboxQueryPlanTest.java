package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.deletion.DeletionGauges;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Retries for later make the outbox long, and finished tasks their table: neither what the relay
 * does nor what the gauges read gets slower with either. The plans are those of their own
 * statements, as the database made them.
 */
class OutboxQueryPlanTest {

  private static final String OTHER_CONNECTIONS =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      """;

  private RelayFixture fixture;

  @BeforeEach
  void fill() {
    fixture = new RelayFixture();
    fixture
        .jdbc()
        .sql(
            """
            insert into outbox (event_id, exchange, routing_key, type, mandatory, payload, available_at)
            select gen_random_uuid(), 'purgeline.work', 'x', 'DatasetDeleted', true, repeat('x', 450), now() + interval '1 day'
            from generate_series(1, 30000)
            """)
        .update();
    fixture
        .jdbc()
        .sql(
            """
            with d as (insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              values (gen_random_uuid(), 'dataset', 'x', 'x', '{}', 'test', 'PURGED') returning id)
            insert into purge_task (id, deletion_id, queue, state)
            select gen_random_uuid(), d.id, 'x', 'DONE' from d, generate_series(1, 30000)
            """)
        .update();
    fixture.jdbc().sql("analyze outbox, purge_task").update();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void relaysWithoutScanningTheTables() {
    fixture.insertTask();
    fixture.insert("nobody.listens", 1);
    var before = scans();

    assertThat(fixture.relay().runOnce()).isEqualTo(new RelayReport(1, 1, 0, 0));

    assertThat(scans()).isEqualTo(before);
  }

  @Test
  void readsTheGaugesWithoutScanningTheTables() {
    await().until(this::isVacuumed);
    var shown = new SimpleMeterRegistry();
    var gauges = new DeletionGauges(fixture.jdbc(), Clock.systemUTC(), Duration.ofHours(1), shown);
    var before = scans();

    gauges.runOnce();
    assertThat(shown.get("purgeline.outbox.oldest.timestamp").gauge().value())
        .as("all are for later")
        .isZero();
    fixture.insert("nobody.listens", 1);
    gauges.runOnce();

    assertThat(shown.get("purgeline.outbox.oldest.timestamp").gauge().value()).isPositive();
    assertThat(shown.get("purgeline.outbox.rows").gauge().value()).isEqualTo(30_001);
    assertThat(scans()).isEqualTo(before);
  }

  /** As it is most of the time: only what is not yet on disk keeps an index from being enough. */
  private boolean isVacuumed() {
    fixture.jdbc().sql("vacuum outbox").update();
    return fixture
        .jdbc()
        .sql("select relallvisible = relpages from pg_class where oid = 'outbox'::regclass")
        .query(Boolean.class)
        .single();
  }

  /**
   * Sequential scans so far. The fixture opens a connection each time, and each reports at its end,
   * which the database may come to later than the client.
   */
  private String scans() {
    await().atMost(Duration.ofMinutes(1)).until(() -> otherConnections() == 0);
    return fixture
        .jdbc()
        .sql(
            """
            select string_agg(relname || ' ' || seq_scan, ', ' order by relname)
            from pg_stat_user_tables where relname in ('outbox', 'purge_task')
            """)
        .query(String.class)
        .single();
  }

  private long otherConnections() {
    return fixture.jdbc().sql(OTHER_CONNECTIONS).query(Long.class).single();
  }
}
