package io.purgeline.gateway.deletion;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class WaitingTest extends GatewayTestBase {

  /** The longest wait is a minute. */
  private static final Duration SOONER_THAN_THE_LONGEST = Duration.ofSeconds(40);

  @Autowired private DeletionWatch watch;

  @Test
  void answersWithNoContentOncePurged() throws Exception {
    var dataset = records.dataset();

    var answer = api.deleteLater("/datasets/" + dataset, "Prefer", "wait=60");
    var deletion = deletionOf(dataset);
    assertThat(answer).isNotDone();
    records.work(deletion, "DONE");

    assertThat(answer.get(1, MINUTES).status()).isEqualTo(204);
    assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=60");
    assertThat(answer.get().deletion()).isEqualTo(deletion);
  }

  @Test
  void answersWithTheDeletionWhenTheTimeIsUp() {
    var started = System.nanoTime();

    var answer = api.delete("/datasets/" + records.dataset(), "Prefer", "wait=1");

    var took = Duration.ofNanos(System.nanoTime() - started);
    assertThat(took).isBetween(Duration.ofMillis(950), SOONER_THAN_THE_LONGEST);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("id").asString()).isEqualTo(answer.deletion().toString());
    assertThat(answer.json().path("state").asString()).isEqualTo("PURGING");
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEAD", "RETAINED", "DISCARDED"})
  void answersWithTheDeletionWhenItEndsOtherwise(String state) throws Exception {
    var dataset = records.dataset();
    var answer = api.deleteLater("/datasets/" + dataset, "Prefer", "wait=60");

    records.work(deletionOf(dataset), state);

    assertThat(answer.orTimeout(SOONER_THAN_THE_LONGEST.toSeconds(), SECONDS).get().status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({"DEAD,DEAD", "RETAINED,RETAINED", "DISCARDED,INCOMPLETE"})
  void answersWithTheDeletionOfATrainingWhenItEndsOtherwise(String task, String state)
      throws Exception {
    var training = records.training("completed");
    var answer = api.deleteLater("/trainings/" + training, "Prefer", "wait=60");
    var deletion = deletionOf(training);

    records.work(deletion, task);

    assertThat(answer.get(SOONER_THAN_THE_LONGEST.toSeconds(), SECONDS).status()).isEqualTo(202);
    assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=60");
    assertThat(answer.get().deletion()).isEqualTo(deletion);
    assertThat(answer.get().json().path("id").asString()).isEqualTo(deletion.toString());
    assertThat(answer.get().json().path("state").asString()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEAD", "RETAINED", "DISCARDED"})
  void answersWithTheCountsOfAJobWhenItEndsOtherwise(String task) throws Exception {
    var job = records.job("synthetic_generation", "completed");
    var dataset = records.dataset(Records.name("d"), job);
    var answer = api.deleteLater("/jobs/" + job + "?delete_dataset=true", "Prefer", "wait=60");

    records.work(deletionOf(dataset), task);

    assertThat(answer.get(SOONER_THAN_THE_LONGEST.toSeconds(), SECONDS).status()).isEqualTo(200);
    assertThat(answer.get().header("Preference-Applied")).isEqualTo("wait=60");
    assertThat(answer.get().deletion()).isEqualTo(deletionOf(job));
    assertThat(answer.get().json().path("minio_files_deleted").asInt()).isEqualTo(2);
    assertThat(answer.get().json().path("minio_files_scheduled").asInt()).isEqualTo(3);
  }

  @Test
  void goesOnWaitingWhileAPlaceMustStayEmptyForAWhile() throws Exception {
    var dataset = records.dataset();
    var answer = api.deleteLater("/datasets/" + dataset, "Prefer", "wait=60");
    var deletion = deletionOf(dataset);
    sql.sql(
            "update purge_task set settle_until = now() + interval '10 minutes' where deletion_id = :id")
        .param("id", deletion)
        .update();

    records.work(deletion, "WAITING");

    await().during(Duration.ofSeconds(1)).until(() -> !answer.isDone());
    records.work(deletion, "DONE");
    assertThat(answer.get(1, MINUTES).status()).isEqualTo(204);
  }

  @Test
  void cutsALongWait() throws Exception {
    var dataset = records.dataset();
    var answer = api.deleteLater("/datasets/" + dataset, "Prefer", "respond-async, wait=3600");

    records.work(deletionOf(dataset), "DONE");

    assertThat(answer.get(1, MINUTES).header("Preference-Applied")).isEqualTo("wait=60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=soon", "wait=-1", "wait", "waiting=5", "return=minimal"})
  void ignoresPreferencesThatMakeNoSense(String preference) {
    var answer = api.delete("/datasets/" + records.dataset(), "Prefer", preference);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @Test
  void countsWhatIsConfirmedInTheAnswerOfAJob() throws Exception {
    var job = records.job("synthetic_generation", "completed");
    var done = records.dataset(Records.name("d"), job);
    var dead = records.dataset(Records.name("d"), job);
    var answer = api.deleteLater("/jobs/" + job + "?delete_dataset=true", "Prefer", "wait=60");

    records.work(deletionOf(done), "DONE");
    records.work(deletionOf(dead), "DEAD");

    var body = answer.get(1, MINUTES);
    assertThat(body.status()).isEqualTo(200);
    assertThat(body.json().path("minio_files_deleted").asInt()).isEqualTo(4);
    assertThat(body.json().path("minio_files_scheduled").asInt()).isEqualTo(6);
  }

  @Test
  void holdsNoConnectionForThoseWhoWait() throws Exception {
    var pool = dataSource.unwrap(HikariDataSource.class);
    var datasets =
        IntStream.range(0, pool.getMaximumPoolSize() + 10)
            .mapToObj(i -> records.dataset())
            .toList();

    var others = watch.waiting(); // streams that other tests left open, and that end one by one
    var answers = new ArrayList<CompletableFuture<Answer>>();
    var deletions = new ArrayList<UUID>();
    for (var dataset : datasets) {
      answers.add(api.deleteLater("/datasets/" + dataset, "Prefer", "wait=60"));
      // One after the other: it is the waiting that is tried here.
      deletions.add(deletionOf(dataset));
    }
    await().until(() -> watch.waiting() >= datasets.size());

    await()
        .atMost(Duration.ofSeconds(20)) // sooner than their waits end
        .until(() -> pool.getHikariPoolMXBean().getActiveConnections() <= 2);
    deletions.forEach(id -> records.work(id, "DONE"));
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(1, MINUTES);
    assertThat(answers).extracting(answer -> answer.join().status()).containsOnly(204);
    await().until(() -> watch.waiting() <= others);
  }

  private UUID deletionOf(Object resource) {
    return await()
        .until(
            () ->
                sql.sql("select id from deletion where resource_id = :id")
                    .param("id", resource.toString())
                    .query(UUID.class)
                    .optional(),
            found -> found.isPresent())
        .orElseThrow();
  }
}
