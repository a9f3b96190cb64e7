package io.purgeline.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.PostgresServer;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PartStatesTest {

  private final JdbcClient jdbc =
      JdbcClient.create(PostgresServer.shared().newMigratedDatabase().dataSourceInSchema());

  @ParameterizedTest
  @CsvSource({
    "DONE, PURGED",
    "DONE PURGED, PURGED",
    "DONE RETAINED, RETAINED",
    "RETAINED DISCARDED, INCOMPLETE",
    "RETAINED INCOMPLETE, INCOMPLETE",
    "DISCARDED RUNNING, PURGING",
    "INCOMPLETE PURGING, PURGING",
    "RUNNING DEAD, DEAD",
    "PURGED, PURGED",
    "RESTORED, PURGED"
  })
  void theWorstPartDecides(String parts, DeletionState whole) {
    assertThat(new PartStates(Set.of(parts.split(" "))).whole()).isEqualTo(whole);
  }

  @Test
  void aDeletionOfNothingIsPurged() {
    assertThat(PartStates.of(jdbc, UUID.randomUUID()).whole()).isEqualTo(DeletionState.PURGED);
  }

  @Test
  void tellsTheStatesOfItsOwnPartsAndTasksAlone() {
    var job = deletion(null, "job", "PURGING");
    var other = deletion(null, "job", "PURGING");
    for (var state : Set.of("PURGED", "RETAINED", "SCHEDULED")) {
      deletion(job, "dataset", state);
      deletion(job, "dataset", state);
    }
    task(job, "WAITING");
    deletion(other, "dataset", "DEAD");
    task(other, "DISCARDED");

    assertThat(PartStates.of(jdbc, job).states())
        .containsExactlyInAnyOrder("PURGED", "RETAINED", "SCHEDULED", "WAITING");
    assertThat(PartStates.of(jdbc, other).states()).containsExactlyInAnyOrder("DEAD", "DISCARDED");
  }

  /** Nearly all are dead, so that reading the table promises to meet one soon, and does not. */
  @Test
  void readsNoTableForAJobOfManyDatasets() {
    var job = deletion(null, "job", "DEAD");
    jdbc.sql(
            """
            insert into deletion (id, parent_id, resource_kind, resource_id, resource_name, snapshot, actor, state)
            select gen_random_uuid(), ?, 'dataset', 'x', 'x', '{}', 'test', case when n < 2000 then 'PURGED' else 'DEAD' end
            from generate_series(1, 10000) n
            """)
        .param(job)
        .update();
    jdbc.sql("analyze deletion").update();

    var plan =
        jdbc.sql("explain " + PartStates.OF_DELETION).param("id", job).query(String.class).list();

    assertThat(String.join("\n", plan)).doesNotContain("Seq Scan").contains("deletion_by_parent");
    assertThat(PartStates.of(jdbc, job).states()).containsExactlyInAnyOrder("DEAD", "PURGED");
  }

  private UUID deletion(@Nullable UUID parent, String kind, String state) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into deletion (id, parent_id, resource_kind, resource_id, resource_name, snapshot, actor, state)
            values (?, ?, ?, 'x', 'x', '{}', 'test', ?)
            """)
        .param(id)
        .param(parent)
        .param(kind)
        .param(state)
        .update();
    return id;
  }

  private void task(UUID deletion, String state) {
    jdbc.sql("insert into purge_task (id, deletion_id, queue, state) values (?, ?, 'x', ?)")
        .params(UUID.randomUUID(), deletion, state)
        .update();
  }
}
