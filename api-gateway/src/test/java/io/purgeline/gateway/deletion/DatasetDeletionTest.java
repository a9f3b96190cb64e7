package io.purgeline.gateway.deletion;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetDeletionTest extends GatewayTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {"/datasets/", "/jobs/synthetic/datasets/", "/training/synthetic/datasets/"})
  void takesTheRecordOutAndNamesTheDeletion(String path) {
    var dataset = records.dataset();

    var answer = api.delete(path + dataset);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.text()).isEmpty();
    assertThat(records.exists("dataset", dataset)).isFalse();
    var deletion = api.get("/deletions/" + answer.deletion()).json();
    assertThat(deletion.path("state").asString()).isEqualTo("PURGING");
    assertThat(deletion.path("actor").asString()).isEqualTo("alice");
  }

  @Test
  void plansOneTaskForEachLocationAndAsksForItInTheSameTransaction() {
    var dataset = records.dataset();
    records.location("dataset", dataset.toString(), "dir://datasets/" + dataset);

    var deletion = api.delete("/datasets/" + dataset).deletion();

    assertThat(
            sql.sql(
                    """
                    select t.queue || ' ' || t.state || ' ' || t.generation || ' ' || (t.location = l.uri) || ' '
                           || (o.routing_key = t.queue) || ' ' || o.mandatory || ' ' || o.type
                    from purge_task t join storage_location l on l.id = t.location_id and l.deletion_id = t.deletion_id
                    join outbox o on o.task_id = t.id
                    where t.deletion_id = :id and t.dataset_id = :dataset order by 1
                    """)
                .param("id", deletion)
                .param("dataset", dataset)
                .query(String.class)
                .list())
        .containsExactly(
            "purgeline.directories.datasets PENDING 1 true true true DatasetDeleted",
            "purgeline.objects.main PENDING 1 true true true DatasetDeleted");
    assertThat(
            records.count(
                "outbox where type = 'DeletionRequested' and deletion_id = '" + deletion + "'"))
        .isOne();
    assertThat(
            records.count(
                "audit_entry where act = 'dataset.delete' and outcome = 'accepted' and deletion_id = '"
                    + deletion
                    + "'"))
        .isOne();
  }

  @Test
  void touchesNoSample() {
    var dataset = records.dataset();

    api.delete("/datasets/" + dataset);

    assertThat(records.count("sample where dataset_id = '" + dataset + "'")).isEqualTo(3);
  }

  @Test
  void plansOneTaskForTheRowsOfADatasetWithoutLocations() {
    var dataset = records.dataset(Records.name("features"), "feature_based", null);

    var deletion = api.delete("/datasets/" + dataset).deletion();

    assertThat(
            records.count(
                "purge_task where location is null and queue = 'purgeline.records' and deletion_id = '"
                    + deletion
                    + "'"))
        .isOne();
    assertThat(records.count("purge_task where deletion_id = '" + deletion + "'")).isOne();
  }

  @Test
  void keepsASnapshotOfTheWholeRecord() {
    var name = Records.name("kept");
    var dataset = records.dataset(name, null);
    var model = records.model(Records.name("m"), false, false, dataset);

    var deletion = api.delete("/datasets/" + dataset).deletion();

    var snapshot =
        sql.sql(
                """
                select snapshot #>> '{dataset,name}' || ' ' || (snapshot #>> '{samples,count}') || ' '
                       || (snapshot #>> '{samples,bytes}') || ' ' || (snapshot #>> '{locations,0}') || ' '
                       || (snapshot #>> '{models,0,id}')
                from deletion where id = :id
                """)
            .param("id", deletion)
            .query(String.class)
            .single();
    assertThat(snapshot)
        .isEqualTo(
            name + " 3 300 s3://main/heimdall-synthetic-iq/synthetic/" + dataset + "/ " + model);
  }

  @Test
  void refusesAnIdInTheWrongFormat() {
    var answer = api.delete("/datasets/1-1-1-1-1");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).isEqualTo("Invalid dataset_id format");
    assertThat(
            records.count(
                "audit_entry where resource_id = '1-1-1-1-1' and outcome = 'refused: Invalid dataset_id format' and actor = 'alice'"))
        .isOne();
  }

  @Test
  void tellsThatADatasetIsUnknown() {
    var id = UUID.randomUUID();

    var answer = api.delete("/datasets/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.detail()).isEqualTo("Dataset not found: " + id);
    assertThat(answer.json().has("deletion_id")).isFalse();
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void tellsWhichDeletionTookADatasetThatWasDeletedBefore() {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();

    var answer = api.delete("/datasets/" + dataset);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/datasets/,true,false",
    "/datasets/,false,true",
    "/datasets/,true,true",
    "/jobs/synthetic/datasets/,true,false",
    "/jobs/synthetic/datasets/,false,true",
    "/training/synthetic/datasets/,true,false",
    "/training/synthetic/datasets/,false,true"
  })
  void protectsWhatActiveAndProductionModelsUse(String path, boolean active, boolean production) {
    var dataset = records.dataset();
    var first = records.dataset();
    var b = records.model(Records.name("b-model"), active, production, first, dataset);
    var a = records.model(Records.name("a-model"), active, production, dataset);
    records.model(Records.name("idle"), false, false, dataset);

    var answer = api.delete(path + dataset);

    assertThat(answer.status()).isEqualTo(409);
    var names = name(a) + ", " + name(b);
    assertThat(answer.detail())
        .isEqualTo(
            "Cannot delete dataset: it is currently used by 2 active model(s): "
                + names
                + ". Please deactivate or delete these models first.");
    var blocking = answer.json().path("blocking_models");
    assertThat(blocking.size()).isEqualTo(2);
    assertThat(blocking.get(0).path("id").asString()).isEqualTo(a.toString());
    assertThat(blocking.get(0).propertyNames()).containsExactlyInAnyOrder("id", "name", "version");
    assertThat(records.exists("dataset", dataset)).isTrue();
    assertThat(records.count("deletion where resource_id = '" + dataset + "'")).isZero();
    assertThat(
            records.count(
                "audit_entry where resource_id = '"
                    + dataset
                    + "' and outcome like 'refused: Cannot delete dataset: it is%'"))
        .isOne();
  }

  @Test
  void deletesWhatOnlyIdleModelsUse() {
    var dataset = records.dataset();
    var model = records.model(Records.name("idle"), false, false, dataset);

    assertThat(api.delete("/datasets/" + dataset).status()).isEqualTo(204);

    assertThat(records.exists("model", model)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/datasets/,queued,409",
    "/datasets/,running,409",
    "/datasets/,paused,409",
    "/datasets/,pending,204",
    "/datasets/,completed,204",
    "/datasets/,failed,204",
    "/datasets/,cancelled,204",
    "/jobs/synthetic/datasets/,running,409",
    "/training/synthetic/datasets/,running,409"
  })
  void protectsWhatUnfinishedTrainingsRead(String path, String status, int expected) {
    var dataset = records.dataset();
    var training = records.training(status, dataset);

    var answer = api.delete(path + dataset);

    assertThat(answer.status()).isEqualTo(expected);
    assertThat(records.exists("dataset", dataset)).isEqualTo(expected == 409);
    if (expected == 409) {
      var blocking = answer.json().path("blocking_trainings").get(0);
      assertThat(blocking.path("id").asString()).isEqualTo(training);
      assertThat(blocking.path("status").asString()).isEqualTo(status);
      assertThat(blocking.propertyNames()).containsExactlyInAnyOrder("id", "name", "status");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pending,true",
    "running,true",
    "paused,true",
    "completed,false",
    "failed,false",
    "cancelled,false"
  })
  void settlesWhileTheJobMayStillBeWriting(String status, boolean settle) {
    var dataset = records.dataset(Records.name("d"), records.job("synthetic_generation", status));

    assertThat(settles(api.delete("/datasets/" + dataset).deletion())).isEqualTo(settle);
  }

  @Test
  void settlesWhatAJobLeftUnsettled() {
    var job = records.job("synthetic_generation", "running");
    var dataset = records.dataset(Records.name("d"), job);
    assertThat(api.delete("/jobs/" + job).status()).isEqualTo(200);

    assertThat(settles(api.delete("/datasets/" + dataset).deletion())).isTrue();
  }

  @Test
  void keepsTheReason() {
    var byParameter = api.delete("/datasets/" + records.dataset() + "?reason=no%20longer%20needed");
    var byHeader = api.delete("/datasets/" + records.dataset(), "X-Purgeline-Reason", "GDPR");

    assertThat(reason(byParameter.deletion())).isEqualTo("no longer needed");
    assertThat(reason(byHeader.deletion())).isEqualTo("GDPR");
    var empty = api.delete("/datasets/" + records.dataset() + "?reason=");
    assertThat(records.count("deletion where reason is null and id = '" + empty.deletion() + "'"))
        .isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "a%0Ab"})
  void refusesReasonsThatCannotBeKept(String reason) {
    var dataset = records.dataset();

    assertThat(api.delete("/datasets/" + dataset + "?reason=" + reason).status()).isEqualTo(400);
    assertThat(api.delete("/datasets/" + dataset + "?reason=" + "x".repeat(1001)).status())
        .isEqualTo(400);

    assertThat(records.exists("dataset", dataset)).isTrue();
    assertThat(api.delete("/datasets/" + dataset + "?reason=" + "x".repeat(1000)).status())
        .isEqualTo(204);
  }

  @Test
  void reservesTheLocationAndFreesTheName() {
    var name = Records.name("reused");
    var dataset = records.dataset(name, null);
    api.delete("/datasets/" + dataset);

    assertThat(records.count("storage_location where owner_id = '" + dataset + "'")).isOne();
    assertThat(records.dataset(name, null)).isNotNull();
  }

  @Test
  void asksToComeBackWhileABulkRegistrationRuns() throws Exception {
    var dataset = records.dataset();
    try (var registration = dataSource.getConnection()) {
      registration.setAutoCommit(false);
      try (var lock =
          registration.prepareStatement("select from dataset where id = ? for key share")) {
        lock.setObject(1, dataset);
        lock.execute();
      }

      var answer = api.deleteLater("/datasets/" + dataset).orTimeout(20, SECONDS).join();

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.header("Retry-After")).isEqualTo("2");
      assertThat(records.exists("dataset", dataset)).isTrue();
      registration.rollback();
    }
    assertThat(api.delete("/datasets/" + dataset).status()).isEqualTo(204);
  }

  @Test
  void leavesOtherDatasetsAlone() {
    var neighbours = List.of(records.dataset(), records.dataset());

    api.delete("/datasets/" + records.dataset());

    assertThat(neighbours).allMatch(id -> records.exists("dataset", id));
    assertThat(neighbours)
        .allMatch(id ->
            records.count("storage_location where deletion_id is null and owner_id = '" + id + "'")
                == 1);
  }

  private boolean settles(UUID deletion) {
    return sql.sql("select settle from deletion where id = :id")
        .param("id", deletion)
        .query(Boolean.class)
        .single();
  }

  private String reason(UUID deletion) {
    return api.get("/deletions/" + deletion).json().path("reason").asString();
  }

  private String name(UUID model) {
    return sql.sql("select name from model where id = :id")
        .param("id", model)
        .query(String.class)
        .single();
  }
}
