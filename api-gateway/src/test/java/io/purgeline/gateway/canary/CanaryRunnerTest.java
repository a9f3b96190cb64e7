package io.purgeline.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.deletion.CanaryDeletion;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * The gateway's steps of a canary; the test is the worker. The gateway's own timer runs beside it.
 */
@TestPropertySource(properties = "purgeline.canary.interval=1h")
class CanaryRunnerTest extends GatewayTestBase {

  private static final String STORE = "objects.main";

  @Autowired private CanaryRunner runner;
  @Autowired private CanaryDeletion deletions;

  @BeforeEach
  void beginARound() {
    runner.runOnce();
    change("state = 'IDLE', began_at = null, last_success_at = null, written = false");
    change("wanted_since = now() - interval '2 hours'");
    awaitState("REGISTERED");
  }

  @Test
  void deletesWhatAWorkerWroteAsOverHttp() {
    var dataset = api.get("/datasets/" + uuid("dataset_id")).json();
    assertThat(dataset.path("locations").toString())
        .contains("s3://main/heimdall-synthetic-iq/purgeline-canary/" + uuid("dataset_id") + "/");

    change("state = 'WRITTEN', written = true");
    awaitState("DELETING");
    assertThat(api.get("/datasets/" + uuid("dataset_id")).status()).isEqualTo(404);
    assertThat(api.get("/deletions/" + uuid("deletion_id")).json().path("actor").asString())
        .isEqualTo("canary");
    assertThat(lastSuccess()).isNull();
    records.work(uuid("deletion_id"), "DONE");

    awaitState("IDLE");
    assertThat(lastSuccess())
        .isEqualTo(
            text(
                "select finished_at::text from deletion where id = '" + uuid("deletion_id") + "'"));
    assertThat(
            records.count(
                "audit_entry where actor = 'canary' and resource_id = '%s'"
                    .formatted(uuid("dataset_id"))))
        .isEqualTo(2);
  }

  @Test
  void aRoundThatNobodyWroteProvesNothing() {
    change("state = 'WRITING', tried_at = now() - interval '4 minutes'");
    runner.runOnce();
    assertThat(column("state")).as("a worker may be slow").isEqualTo("WRITING");

    change("tried_at = now() - interval '6 minutes'");
    awaitState("DELETING");
    var fruitless = uuid("dataset_id");
    records.work(uuid("deletion_id"), "DONE");

    await().until(() -> !uuid("dataset_id").equals(fruitless));
    assertThat(lastSuccess()).isNull();
  }

  @Test
  void beginsNoOtherWhileTheLastIsNotPurged() {
    var first = uuid("dataset_id");
    change("state = 'WRITTEN', written = true");
    awaitState("DELETING");
    records.work(uuid("deletion_id"), "DEAD");
    change("began_at = now() - interval '1 day'");

    runner.runOnce();
    assertThat(uuid("dataset_id")).isEqualTo(first);
    assertThat(column("state")).isEqualTo("DELETING");

    records.work(uuid("deletion_id"), "DISCARDED");
    await().atMost(Duration.ofSeconds(30)).until(() -> !uuid("dataset_id").equals(first));
    assertThat(lastSuccess()).isNull();
  }

  @Test
  void waitsAnIntervalBetweenTwo() {
    var first = uuid("dataset_id");
    change("state = 'IDLE', began_at = now() - interval '59 minutes'");
    runner.runOnce();
    assertThat(uuid("dataset_id")).isEqualTo(first);

    change("began_at = now() - interval '61 minutes'");
    await().atMost(Duration.ofSeconds(30)).until(() -> !uuid("dataset_id").equals(first));
  }

  @Test
  void bringsWhatNobodyWantsAnyMoreToItsEnd() {
    sql.sql(
            """
            insert into canary (store, state, dataset_id, location, began_at, wanted_at)
            values ('objects.gone', 'BEGUN', gen_random_uuid(),
                    's3://gone/bucket/purgeline-canary/x/', now() - interval '6 minutes',
                    now() - interval '6 minutes')
            """)
        .update();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> records.count("canary where store = 'objects.gone' and state = 'DELETING'") == 1);
    var deletion =
        sql.sql("select deletion_id from canary where store = 'objects.gone'")
            .query(UUID.class)
            .single();
    records.work(deletion, "DONE");

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> records.count("canary where store = 'objects.gone'") == 0);
  }

  @Test
  void forgetsCanariesAfterADayAndNoOtherDeletion() {
    change("state = 'WRITTEN', written = true");
    awaitState("DELETING");
    var old = uuid("deletion_id");
    records.work(old, "DONE");
    awaitState("IDLE");
    var other = api.delete("/datasets/" + records.dataset()).deletion();
    records.work(other, "DONE");

    deletions.forgetOld();
    assertThat(records.exists("deletion", old)).isTrue();

    sql.sql("update deletion set finished_at = now() - interval '25 hours' where state = 'PURGED'")
        .update();
    deletions.forgetOld();

    assertThat(records.exists("deletion", old)).isFalse();
    assertThat(records.exists("deletion", other)).isTrue();
    assertThat(records.count("audit_entry where deletion_id = '" + old + "'")).isEqualTo(2);
  }

  @Test
  void keepsTheirFolderForThem() {
    for (var uri :
        new String[] {
          "s3://main/heimdall-synthetic-iq/purgeline-canary/",
          "s3://main/heimdall-synthetic-iq/purgeline-canary/x/",
          "dir://datasets/purgeline-canary"
        }) {
      var body =
          "{\"name\": \"x\", \"type\": \"files\", \"locations\": [{\"uri\": \"" + uri + "\"}]}";
      var answer = api.post("/datasets", body);
      assertThat(answer.status()).as(uri).isEqualTo(400);
      assertThat(answer.detail()).contains("reserved");
    }
  }

  private void change(String set) {
    sql.sql("update canary set " + set + " where store = :store").param("store", STORE).update();
  }

  private void awaitState(String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> column("state"), state::equals);
  }

  private UUID uuid(String column) {
    return UUID.fromString(Objects.requireNonNull(column(column)));
  }

  private @Nullable String lastSuccess() {
    return column("last_success_at");
  }

  private @Nullable String column(String column) {
    return text("select " + column + "::text from canary where store = '" + STORE + "'");
  }

  private @Nullable String text(String query) {
    return sql.sql(query)
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }
}
