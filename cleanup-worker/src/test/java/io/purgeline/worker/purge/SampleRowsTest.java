package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.PostgresServer;
import io.purgeline.worker.purge.SampleRows.Listed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is registered and not there, beside what stays. */
class SampleRowsTest {

  private final UUID location = UUID.randomUUID();
  private Lease lease;
  private JdbcClient jdbc;
  private SampleRows rows;

  @BeforeEach
  void begin() {
    var source = PostgresServer.shared().newMigratedDatabase().dataSourceInSchema();
    jdbc = JdbcClient.create(source);
    rows =
        new SampleRows(
            new TransactionTemplate(new JdbcTransactionManager(source)),
            jdbc,
            new TaskRow(jdbc, Duration.ofSeconds(30)));
    lease = RunningTask.insert(jdbc).lease();
    List.of("a", "b", "c", "d", "e", "f", "g").forEach(key -> register(location, key));
    register(UUID.randomUUID(), "a");
  }

  @Test
  void areCountedPartByPart() {
    settle(new Listed("", "c", List.of("b", "c")));
    assertThat(keys()).containsExactly("b", "c", "d", "e", "f", "g");
    assertThat(absent()).isEqualTo("1 10");

    settle(new Listed("c", "e", List.of("e")));
    assertThat(keys()).containsExactly("b", "c", "e", "f", "g");

    settle(new Listed("e", null, List.of()));
    assertThat(keys()).containsExactly("b", "c", "e");
    assertThat(absent()).isEqualTo("4 40");
    assertThat(rows.hasAny(location)).isTrue();
    assertThat(count("object_key = 'a' and location_id <> '%s'".formatted(location))).isOne();
  }

  /** A task that takes rows out again and again is not the one that kills its workers. */
  @Test
  void areProgress() {
    jdbc.sql("update purge_task set barren_claims = 4").update();

    rows.settleAbsent(lease, location);

    assertThat(jdbc.sql("select barren_claims from purge_task").query(Integer.class).single())
        .isZero();
  }

  @Test
  void areLeftAloneInAnotherPlace() {
    assertThat(rows.settleAbsent(lease, location)).isFalse();

    assertThat(rows.hasAny(location)).isFalse();
    assertThat(count("true")).isOne();
    assertThat(absent()).isEqualTo("7 70");
  }

  @Test
  void areTakenOutOfOneDatasetWhereTheyHaveNoKey() {
    var dataset = UUID.randomUUID();
    var other = UUID.randomUUID();
    List.of(dataset, other).forEach(this::registerWithoutKey);
    jdbc.sql("update sample set dataset_id = ? where object_key = 'c'").param(dataset).update();

    assertThat(rows.removeKeyless(lease, dataset)).isFalse();

    assertThat(count("location_id is null and dataset_id = '%s'".formatted(other))).isOne();
    assertThat(count("location_id is null")).isOne();
    assertThat(count("location_id is not null")).isEqualTo(8);
    assertThat(absent()).isEqualTo("0 0");
  }

  private void settle(Listed listed) {
    assertThat(rows.settleAbsent(lease, location, listed)).as("more").isFalse();
  }

  private void register(UUID where, String key) {
    jdbc.sql("insert into sample values (?, ?, 1, 'rx', ?, 10)")
        .params(UUID.randomUUID(), where, key)
        .update();
  }

  private void registerWithoutKey(UUID dataset) {
    jdbc.sql("insert into sample values (?, null, 1, 'rx', null, 10)").param(dataset).update();
  }

  private long count(String which) {
    return jdbc.sql("select count(*) from sample where " + which).query(Long.class).single();
  }

  private List<String> keys() {
    return jdbc.sql("select object_key from sample where location_id = ? order by 1")
        .param(location)
        .query((row, n) -> row.getString(1))
        .list();
  }

  private String absent() {
    return jdbc.sql(
            "select concat_ws(' ', objects_already_absent, bytes_already_absent) from purge_task")
        .query(String.class)
        .single();
  }
}
