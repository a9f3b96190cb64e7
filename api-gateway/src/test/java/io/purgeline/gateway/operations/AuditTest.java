package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariDataSource;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest extends GatewayTestBase {

  /** For what takes a second after its commit, but after thousands of others of this class. */
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void listsWhatWasDoneToAResource() {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset + "?reason=old").deletion();
    api.delete("/datasets/" + dataset);

    var entries = api.get("/audit?resource_id=" + dataset + "&actor=alice").json().path("items");

    assertThat(entries.size()).isEqualTo(2);
    assertThat(entries.get(0).path("outcome").asString())
        .isEqualTo("refused: Dataset not found: " + dataset);
    var accepted = entries.get(1);
    assertThat(accepted.path("outcome").asString()).isEqualTo("accepted");
    assertThat(accepted.path("act").asString()).isEqualTo("dataset.delete");
    assertThat(accepted.path("reason").asString()).isEqualTo("old");
    assertThat(accepted.path("deletion_id").asString()).isEqualTo(deletion.toString());
    assertThat(accepted.path("at").asString()).endsWith("Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dataset", "job"})
  void knowsAnIdHoweverItWasWritten(String kind) {
    var id = kind.equals("job") ? records.job("training", "completed") : records.dataset();
    var inCapitals = id.toString().toUpperCase(Locale.ROOT);
    api.delete("/" + kind + "s/" + inCapitals);
    api.delete("/" + kind + "s/" + inCapitals);

    var path = "/audit?act=" + kind + ".delete&resource_id=";
    var entries = api.get(path + id).json().path("items");

    assertThat(entries.findValuesAsString("outcome")).hasSize(2).last().isEqualTo("accepted");
    assertThat(entries.get(0).path("outcome").asString()).startsWith("refused: ");
    assertThat(entries.findValuesAsString("resource_id")).containsOnly(id.toString());
    assertThat(api.get(path + inCapitals).json().path("items")).isEqualTo(entries);
  }

  @Test
  void keepsTheReasonOfWhatWasRefused() {
    var dataset = records.dataset();
    records.model("keeps-" + dataset, true, false, dataset);
    api.delete("/datasets/" + dataset + "?reason=old%20data");
    api.delete("/datasets/" + dataset, "X-Purgeline-Reason", "in a header");
    api.as("victor").delete("/datasets/" + dataset + "?reason=may%20not");
    api.post("/stores/identity", "{\"place\": \"s3://none/none\", \"reason\": \"in a body\"}");

    assertThat(reasons("resource_id=" + dataset)).containsExactly("in a header", "old data");
    assertThat(reasons("actor=victor")).contains("may not");
    assertThat(reasons("resource_id=s3://none/none")).containsExactly("in a body");
  }

  @Test
  void keepsTheReasonOfWhatWasDone() {
    var job = "{\"name\": \"%s\", \"type\": \"training\"}".formatted(Records.name("job"));
    assertThat(api.post("/jobs?reason=first%20try", job).status()).isEqualTo(201);
    api.post("/freeze", "{\"reason\": \"moving\"}");
    api.send("DELETE", "/freeze", "", "X-Purgeline-Reason", "has moved");

    assertThat(api.get("/audit?act=job.register&limit=1").text()).contains("first try");
    assertThat(api.get("/audit?act=freeze.end&limit=1").text()).contains("has moved");
  }

  /** Of refusals only. */
  private List<String> reasons(String filter) {
    var reasons = new ArrayList<String>();
    for (var entry : api.get("/audit?" + filter).json().path("items")) {
      assertThat(entry.path("outcome").asString()).startsWith("refused: ");
      reasons.add(entry.path("reason").asString(""));
    }
    return reasons;
  }

  /** Each filter has an index that also has the order of the list. */
  @ParameterizedTest
  @CsvSource({
    "/audit?act=rare, audit_entry_by_act",
    "/audit?actor=rare, audit_entry_by_actor",
    "/audit?resource_id=rare, audit_entry_by_resource"
  })
  void findsByIndex(String path, String index) {
    sql.sql(
            """
            insert into audit_entry (actor, act, resource_id, outcome)
            select 'filler', 'fill', n::text, 'accepted' from generate_series(1, 20000) n
            """)
        .update();
    sql.sql("analyze audit_entry").update();
    var before = uses(index);

    api.get(path);

    await().until(() -> uses(index) > before);
  }

  /** An idle connection tells the database what it did when it ends. */
  private long uses(String index) {
    try {
      dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return sql.sql("select idx_scan from pg_stat_user_indexes where indexrelname = :index")
        .param("index", index)
        .query(Long.class)
        .single();
  }

  @Test
  void filtersAndPages() {
    for (int i = 0; i < 3; i++) {
      api.delete("/datasets/" + records.dataset());
    }

    var page = api.get("/audit?act=dataset.delete&limit=2").json();
    var next =
        api.get("/audit?act=dataset.delete&limit=2&cursor=" + page.path("next_cursor").asString())
            .json();

    assertThat(page.path("items").size()).isEqualTo(2);
    assertThat(next.path("items").get(0).path("id").asLong())
        .isLessThan(page.path("items").get(1).path("id").asLong());
    assertThat(api.get("/audit?since=2999-01-01T00:00:00Z").json().path("items").isEmpty())
        .isTrue();
    assertThat(api.get("/audit?until=2000-01-01T00:00:00Z").json().path("items").isEmpty())
        .isTrue();
  }

  @Test
  void exportsEverythingThatMatches() {
    var dataset = records.dataset();
    api.delete("/datasets/" + dataset + "?reason=a%20%22b%22,%20c");
    var path = "/audit?resource_id=" + dataset + "&act=dataset.delete";

    var csv = api.get(path, "Accept", "text/csv");
    var ndjson = api.get(path, "Accept", "application/x-ndjson");

    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.text().split("\r\n"))
        .hasSize(2)
        .satisfies(lines -> assertThat(lines[0]).startsWith("id,at,actor,act,"))
        .satisfies(lines -> assertThat(lines[1]).contains(",\"a \"\"b\"\", c\",accepted,"));
    assertThat(ndjson.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(ndjson.text().lines()).hasSize(1);
    assertThat(ndjson.json().path("reason").asString()).isEqualTo("a \"b\", c");
    assertThat(ndjson.json().path("resource_id").asString()).isEqualTo(dataset.toString());
  }

  @Test
  void exportsMoreThanAPage() {
    sql.sql(
            """
            insert into audit_entry (actor, act, outcome) select 'bulk', 'test', 'accepted' from generate_series(1, 5000)
            """)
        .update();

    assertThat(api.get("/audit?actor=bulk", "Accept", "application/x-ndjson").text().lines())
        .hasSize(5000);
  }

  @Test
  void verifiesTheChain() {
    api.delete("/datasets/" + records.dataset());
    var written = records.count("audit_entry");
    await().atMost(LONG).until(this::isAllSealed);

    var found = api.get("/audit/verify").json();
    assertThat(found.propertyNames()).containsExactlyInAnyOrder("ok", "head", "sealed", "unsealed");
    assertThat(found.path("ok").asBoolean()).isTrue();
    assertThat(found.path("head").asString()).hasSize(64);
    var sealed = found.path("sealed").asLong();
    assertThat(sealed).isGreaterThanOrEqualTo(written);
    assertThat(sealed + found.path("unsealed").asLong())
        .isLessThanOrEqualTo(records.count("audit_entry"));
  }

  /**
   * An entry is sealed within a second of its commit. Ten in a row take about five seconds, as each
   * waits for the sealer's next run; a busy machine has six times as long. With several seconds
   * between two runs it would not be enough on any machine.
   */
  @Test
  void sealsWithoutDelay() {
    await().atMost(LONG).until(this::isAllSealed);

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 10; i++) {
            api.delete("/datasets/" + records.dataset());
            await().atMost(LONG).until(this::isAllSealed);
          }
        });
  }

  private boolean isAllSealed() {
    return records.count("audit_unsealed") == 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"?since=x", "?until=x", "?actor=%00", "?limit=0", "?cursor=x"})
  void refusesFiltersThatMakeNoSense(String query) {
    assertThat(api.get("/audit" + query).status()).isEqualTo(400);
  }
}
