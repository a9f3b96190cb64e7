package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest extends GatewayTestBase {

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

    await().until(() -> api.get("/audit/verify").json().path("unsealed").asLong() == 0);

    var found = api.get("/audit/verify").json();
    assertThat(found.propertyNames()).containsExactlyInAnyOrder("ok", "head", "sealed", "unsealed");
    assertThat(found.path("ok").asBoolean()).isTrue();
    assertThat(found.path("head").asString()).hasSize(64);
    assertThat(found.path("sealed").asLong()).isEqualTo(records.count("audit_entry"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?since=x", "?until=x", "?actor=%00", "?limit=0", "?cursor=x"})
  void refusesFiltersThatMakeNoSense(String query) {
    assertThat(api.get("/audit" + query).status()).isEqualTo(400);
  }
}
