package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.RETAINED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Records;
import io.purgeline.worker.testing.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Samples of others, and tasks that are finished, make their tables long: nothing a worker does
 * reads them from end to end. The database counts how often that happens.
 */
class WorkerQueryPlanTest {

  /** Each connection reports what it scanned with a delay, unless it is told to at once. */
  private static final String REPORT_AT_ONCE =
      "; do $$ begin perform pg_stat_force_next_flush(); end $$";

  private static final String OTHER_CONNECTIONS =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      """;

  private final Pipeline pipeline = Pipeline.on(Servers.shared());

  @BeforeEach
  void fill() {
    records()
        .change(
            """
            insert into sample (dataset_id, location_id, sample_idx, object_key, size_bytes)
            select d, l, n, 'a/' || n, 1
            from (select gen_random_uuid() d, gen_random_uuid() l from generate_series(1, 40)) x,
                 generate_series(1, 1000) n
            """);
    records()
        .change(
            """
            with old as (
              insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              select gen_random_uuid(), 'dataset', 'x', 'x', '{}', 'test', 'PURGED' from generate_series(1, 30000)
              returning id)
            insert into purge_task (id, deletion_id, queue, state)
            select gen_random_uuid(), id, 'purgeline.objects.main', 'DONE' from old
            """
                + REPORT_AT_ONCE);
    records().change("analyze sample, purge_task, deletion" + REPORT_AT_ONCE);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void purgesAndLooksForLostTasksWithoutScanningTheTables() {
    var keys = new ArrayList<>(pipeline.fill(pipeline.bucket(), "run-1/", 2_000, 1));
    keys.add("run-1/never-written");
    var locked = pipeline.lockedBucket();
    var version = pipeline.objects().put(locked, "run-3/held", new byte[1]);
    pipeline.objects().hold(locked, "run-3/held", version);
    var before = scans();
    pipeline.start("worker.reconcile-interval=100ms");

    var store = "s3://main/" + pipeline.bucket();
    var held = List.of("run-3/held", "run-3/never-written");
    var retained =
        pipeline.dataset().at("s3://main/" + locked + "/run-3/").registered(held, 1).commit();
    var deletion = pipeline.dataset().at(store + "/run-1/").registered(keys, 1).commit();
    var absent = List.of("run-2/never-written");
    var lost = pipeline.dataset().at(store + "/run-2/").registered(absent, 1).commit();
    var rows = pipeline.dataset().withRowsOnly(10).commit();
    loseTheWorkerOf(lost.id());
    deletion.await(PURGED);
    lost.await(PURGED);
    rows.await(PURGED);
    retained.await(RETAINED);
    pipeline.stop();

    assertThat(scans()).isEqualTo(before);
  }

  private void loseTheWorkerOf(UUID deletion) {
    records()
        .change(
            """
            update purge_task set state = 'RUNNING', lease_owner = 'nobody', lease_until = now() - interval '1 hour'
            where deletion_id = ? and state = 'PENDING'
            """,
            deletion);
  }

  /**
   * Sequential scans so far, once every connection but this one has reported its own at its end.
   */
  private List<String> scans() {
    patiently().until(() -> records().number(OTHER_CONNECTIONS) == 0);
    return records()
        .texts(
            """
            select relname || ' ' || seq_scan from pg_stat_user_tables
            where relname in ('purge_task', 'sample') order by relname
            """);
  }

  private Records records() {
    return pipeline.records();
  }
}
