package io.purgeline.gateway.deletion;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobDeletionTest extends GatewayTestBase {

  @Test
  void deletesThousandsOfDatasetsAtOnce() {
    var job = records.job("synthetic_generation", "completed");
    sql.sql(
            """
            insert into dataset (id, name, type, created_by_job_id, owner)
            select gen_random_uuid(), 'one of many ' || n, 'feature_based', :job, 'bob' from generate_series(1, 3000) n
            """)
        .param("job", job)
        .update();

    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");

    assertThat(answer.json().path("datasets_deleted").asInt()).isEqualTo(3_000);
    assertThat(records.count("dataset where created_by_job_id = '" + job + "'")).isZero();
  }

  @Test
  void keepsTheDatasetsUnlessAsked() {
    var job = records.job("synthetic_generation", "completed");
    var dataset = records.dataset(Records.name("d"), job);

    var answer = api.delete("/jobs/" + job);

    assertThat(answer.status()).isEqualTo(200);
    var body = answer.json();
    assertThat(body.propertyNames())
        .containsExactly(
            "message",
            "job_id",
            "datasets_deleted",
            "minio_files_deleted",
            "minio_files_scheduled",
            "deletions");
    assertThat(body.path("message").asString())
        .isEqualTo("Synthetic generation job " + job + " deleted successfully");
    assertThat(body.path("job_id").asString()).isEqualTo(job.toString());
    assertThat(body.path("datasets_deleted").asInt()).isZero();
    assertThat(body.path("deletions").isEmpty()).isTrue();
    assertThat(records.exists("job", job)).isFalse();
    assertThat(
            records.count(
                "dataset where created_by_job_id is null and not unsettled and id = '"
                    + dataset
                    + "'"))
        .isOne();
    assertThat(api.get("/deletions/" + answer.deletion()).json().path("state").asString())
        .isEqualTo("PURGED");
  }

  @Test
  void deletesEveryDatasetIfAsked() {
    var job = records.job("synthetic_generation", "completed");
    var first = records.dataset(Records.name("z"), job);
    var second = records.dataset(Records.name("a"), job);
    var neighbour = records.dataset();

    var answer = api.delete("/jobs/synthetic/" + job + "?delete_dataset=true");

    assertThat(answer.status()).isEqualTo(200);
    var body = answer.json();
    assertThat(body.path("datasets_deleted").asInt()).isEqualTo(2);
    assertThat(body.path("minio_files_deleted").asInt()).isZero();
    assertThat(body.path("minio_files_scheduled").asInt()).isEqualTo(6);
    assertThat(resourceOf(body.path("deletions").get(0).asString())).isEqualTo(first.toString());
    assertThat(resourceOf(body.path("deletions").get(1).asString())).isEqualTo(second.toString());
    assertThat(records.exists("dataset", first) || records.exists("dataset", second)).isFalse();
    assertThat(records.exists("dataset", neighbour)).isTrue();
    var own = api.get("/deletions/" + answer.deletion()).json();
    assertThat(own.path("resource").path("kind").asString()).isEqualTo("job");
    assertThat(own.path("state").asString()).isEqualTo("PURGING");
    assertThat(own.path("tasks").size()).isEqualTo(2);
  }

  @Test
  void isPurgedWhenAllItsDatasetsAre() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    records.dataset(Records.name("d"), job);
    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");
    var children = answer.json().path("deletions");

    records.work(UUID.fromString(children.get(0).asString()), "DONE");
    var halfway = api.get("/deletions/" + answer.deletion()).json();
    records.work(UUID.fromString(children.get(1).asString()), "DONE");
    var end = api.get("/deletions/" + answer.deletion()).json();

    assertThat(halfway.path("state").asString()).isEqualTo("PURGING");
    assertThat(end.path("state").asString()).isEqualTo("PURGED");
    assertThat(end.path("objects").path("purged").asInt()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/", "/jobs/synthetic/"})
  void deletesAllDatasetsOrNone(String path) {
    var job = records.job("synthetic_generation", "running");
    var free = records.dataset(Records.name("free"), job);
    var name = Records.name("used");
    var used = records.dataset(name, job);
    var model = Records.name("serving");
    records.model(model, false, true, used);
    var before = state(job, free, used);

    var answer = api.delete(path + job + "?delete_dataset=true");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.detail())
        .isEqualTo(
            "Cannot delete dataset '"
                + name
                + "': it is currently used by 1 active model(s): "
                + model
                + ". Please deactivate or delete these models first, or uncheck 'delete_dataset'.");
    assertThat(answer.json().path("blocking_models").size()).isOne();
    assertThat(state(job, free, used)).isEqualTo(before);
    assertThat(records.count("outbox where type = 'JobCancelled' and payload like '%" + job + "%'"))
        .isZero();
    assertThat(api.delete(path + job).status()).isEqualTo(200);
    assertThat(records.exists("dataset", used) && records.exists("dataset", free)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/", "/jobs/synthetic/"})
  void deletesNoneIfATrainingReadsOne(String path) {
    var job = records.job("synthetic_generation", "completed");
    var free = records.dataset(Records.name("free"), job);
    var name = Records.name("read");
    var read = records.dataset(name, job);
    var training = records.training("paused", read);
    var before = state(job, free, read);

    var answer = api.delete(path + job + "?delete_dataset=true");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.detail())
        .startsWith("Cannot delete dataset '" + name + "': it is currently read by 1 unfinished")
        .endsWith(", or uncheck 'delete_dataset'.");
    assertThat(answer.json().at("/blocking_trainings/0/id").asString()).isEqualTo(training);
    assertThat(state(job, free, read)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "pending,true",
    "queued,true",
    "running,true",
    "paused,true",
    "completed,false",
    "failed,false",
    "cancelled,false"
  })
  void cancelsAJobThatHasNotEnded(String status, boolean cancelled) {
    var job = records.job("synthetic_generation", status);
    var dataset = records.dataset(Records.name("d"), job);

    api.delete("/jobs/" + job);

    assertThat(
            records.count(
                "outbox where type = 'JobCancelled' and exchange = 'purgeline.events' and payload like '%"
                    + job
                    + "%'"))
        .isEqualTo(cancelled ? 1 : 0);
    assertThat(records.count("dataset where unsettled and id = '" + dataset + "'"))
        .isEqualTo(cancelled ? 1 : 0);
  }

  @Test
  void settlesTheDatasetsOfARunningJob() {
    var job = records.job("synthetic_generation", "running");
    records.dataset(Records.name("d"), job);

    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");

    assertThat(records.count("deletion where settle and parent_id = '" + answer.deletion() + "'"))
        .isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/", "/jobs/synthetic/"})
  void asksToComeBackWhileABulkRegistrationOfADatasetRuns(String path) throws SQLException {
    var job = records.job("synthetic_generation", "running");
    var free = records.dataset(Records.name("free"), job);
    var filled = records.dataset(Records.name("filled"), job);
    var before = state(job, free, filled);
    try (var registration = dataSource.getConnection()) {
      registration.setAutoCommit(false);
      try (var lock =
          registration.prepareStatement("select from dataset where id = ? for key share")) {
        lock.setObject(1, filled);
        lock.execute();
      }

      var answer =
          api.deleteLater(path + job + "?delete_dataset=true").orTimeout(20, SECONDS).join();

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.header("Retry-After")).isEqualTo("2");
      assertThat(state(job, free, filled)).isEqualTo(before);
      registration.rollback();
    }
    assertThat(api.delete(path + job + "?delete_dataset=true").status()).isEqualTo(200);
  }

  @Test
  void refusesOtherTypesOnTheAliasOnly() {
    var job = records.job("training", "completed");

    assertThat(api.delete("/jobs/synthetic/" + job).status()).isEqualTo(400);
    assertThat(records.exists("job", job)).isTrue();
    assertThat(api.delete("/jobs/" + job).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE", "1", "true&delete_dataset=false"})
  void takesNothingButTrueForTrue(String value) {
    var job = records.job("synthetic_generation", "completed");

    assertThat(api.delete("/jobs/" + job + "?delete_dataset=" + value).status()).isEqualTo(400);
    assertThat(records.exists("job", job)).isTrue();
  }

  @Test
  void tellsWhatIsUnknownOrGone() {
    var job = records.job("synthetic_generation", "completed");
    var deletion = api.delete("/jobs/" + job).deletion();

    var gone = api.delete("/jobs/" + job);

    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
    assertThat(api.delete("/jobs/nonsense").status()).isEqualTo(400);
  }

  private String resourceOf(String deletion) {
    return api.get("/deletions/" + deletion).json().path("resource").path("id").asString();
  }

  /** Everything a deletion could have changed, as text. */
  private String state(UUID... ids) {
    var list = String.join("','", Arrays.stream(ids).map(UUID::toString).toList());
    return sql.sql(
            """
            select (select jsonb_agg(to_jsonb(d) order by id) from dataset d where id in ('%1$s'))
                || (select jsonb_agg(to_jsonb(j)) from job j where id in ('%1$s'))
                || (select jsonb_agg(to_jsonb(l) order by id) from storage_location l where owner_id in ('%1$s'))
                || to_jsonb((select count(*) from deletion where resource_id in ('%1$s')))
            """
                .formatted(list))
        .query(String.class)
        .single();
  }
}
