package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.Records;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding dead letters among many. */
class DeadLetterFilterTest extends OnLetters {

  @ParameterizedTest
  @CsvSource({
    "group=GROUP, 2",
    "group=GROUP&state=OPEN, 2",
    "group=GROUP&state=RESOLVED, 0",
    "group=GROUP&class=ITEM, 2",
    "group=GROUP&class=BUG, 0",
    "group=GROUP&kind=dataset, 2",
    "group=GROUP&kind=training, 0",
    "group=GROUP&since=2020-01-01T00:00:00Z, 2",
    "group=GROUP&since=2999-01-01T00:00:00Z, 0",
    "deletion_id=DELETION, 1",
  })
  void findsWhatItIsAskedFor(String query, int found) {
    letters.dead(group);
    var deletion = letters.deletionOf(letters.dead(group)).toString();
    letters.dead(group + "-other");

    var answer =
        api.get("/dead-letters?" + query.replace("GROUP", group).replace("DELETION", deletion));

    assertThat(answer.json().path("items").size()).isEqualTo(found);
  }

  @Test
  void findsAndReplaysThoseOfAJobsDatasets() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("dataset"), job);
    records.dataset(Records.name("dataset"), job);
    var whole = api.delete("/jobs/" + job + "?delete_dataset=true").deletion();
    var parts = partsOf(whole);
    var letter = letters.dead(parts.getFirst(), group);
    letters.dead(group);

    assertThat(found(whole)).containsExactly(letter.toString());
    assertThat(found(parts.getFirst())).containsExactly(letter.toString());
    assertThat(found(parts.getLast())).isEmpty();
    var replay = replay("'filter': {'state': 'OPEN', 'deletion_id': '" + whole + "'}", "");
    assertThat(replay.json().path("accepted").asInt()).isEqualTo(1);
    await().until(() -> letters.state(letter).equals("REPLAYING"));
  }

  private List<UUID> partsOf(UUID deletion) {
    return sql.sql("select id from deletion where parent_id = :id order by id")
        .param("id", deletion)
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  private List<String> found(UUID deletion) {
    var items = api.get("/dead-letters?deletion_id=" + deletion).json().path("items");
    return items.valueStream().map(letter -> letter.path("id").asString()).toList();
  }

  @Test
  void findsThoseOfADeletionByIndex() {
    var plan =
        Objects.requireNonNull(
            transactions.execute(tx -> {
              tx.setRollbackOnly(); // others count dead letters
              return plan(jobOfMany());
            }));

    assertThat(plan).contains("dead_letter_by_deletion").doesNotContain("Seq Scan");
  }

  /** One of ten with a thousand dead datasets each. */
  private UUID jobOfMany() {
    sql.sql(
            """
            with job as (
              insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              select gen_random_uuid(), 'job', gen_random_uuid()::text, :group, '{}', 'alice', 'DEAD'
              from generate_series(1, 10) returning id),
            part as (
              insert into deletion (id, parent_id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              select gen_random_uuid(), job.id, 'dataset', gen_random_uuid()::text, 'part', '{}', 'alice', 'DEAD'
              from job, generate_series(1, 1000) returning id)
            insert into dead_letter (id, deletion_id, class, message, fingerprint, title)
            select gen_random_uuid(), id, 'ITEM', 'denied', :group, 'denied' from part
            """)
        .param("group", group)
        .update();
    sql.sql("analyze deletion, dead_letter").update();
    return sql.sql("select id from deletion where resource_name = :group limit 1")
        .param("group", group)
        .query(UUID.class)
        .single();
  }

  private String plan(UUID deletion) {
    var which = new DeadLetterFilter(null, null, null, null, null, deletion).conditions();
    var lines =
        sql.sql(
                "explain select * from dead_letter l"
                    + which.where()
                    + " order by l.id desc limit 101")
            .params(which.values())
            .query(String.class)
            .list();
    return String.join("\n", lines);
  }

  @Test
  void tellsTheLargestGroupFirstWithSomeOfIt() {
    var before = Instant.now().minusSeconds(60);
    letters.dead(group);
    var larger = group + "-larger";
    var oldest = letters.dead(larger);
    letters.dead(larger);

    var groups = api.get("/dead-letters/groups").json().path("items");

    var names = groups.findValuesAsString("group");
    assertThat(names.indexOf(larger)).isNotNegative().isLessThan(names.indexOf(group));
    var told = groups.get(names.indexOf(larger));
    assertThat(told.path("count").asInt()).isEqualTo(2);
    assertThat(told.path("bytes").asInt()).isEqualTo(400);
    assertThat(told.path("sample_ids").valueStream().map(id -> UUID.fromString(id.asString())))
        .hasSize(2)
        .contains(oldest);
    assertThat(Instant.parse(told.path("first_seen").asString())).isAfter(before);
    assertThat(Instant.parse(told.path("last_seen").asString()))
        .isAfterOrEqualTo(Instant.parse(told.path("first_seen").asString()));
  }
}
