package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From DELETE to a verified purge, through separate processes. */
class PipelineTest extends OnInstallation {

  private static final Pattern REQUEST_HEAD =
      Pattern.compile("[A-Z]+ /\\S* HTTP/1\\.1\r\n(?:[^\r\n]+\r\n)+\r\n");

  @Test
  void severalGatewaysAndWorkersStartAtOnceOnAnEmptyDatabase() {
    var versions =
        installation()
            .sql
            .sql("select version from purgeline.flyway_schema_history where success")
            .query(String.class)
            .list();
    assertThat(versions).isNotEmpty().doesNotHaveDuplicates();

    var dataset = dataset(3);

    for (int gateway = 0; gateway < installation().gateways.size(); gateway++) {
      assertThat(api(gateway).get("/api/v1/datasets/" + dataset).status()).isEqualTo(200);
    }
    var answer = api(1).delete("/api/v1/datasets/" + dataset, "Prefer", "wait=60");
    assertThat(answer.status()).isEqualTo(204);
    assertPurged(api(0).get(answer.location()).body(), 3);
  }

  @Test
  void purgesADatasetAndTellsWhatWasVerified() {
    var dataset = dataset(1_200);

    var answer = api().delete("/api/v1/datasets/" + dataset, "Prefer", "wait=60");

    assertThat(answer.status()).isEqualTo(204);
    var deletion = api().get(answer.location()).body();
    assertPurged(deletion, 1_200);
    assertThat(contents(dataset)).isEmpty();
    var verified = deletion.path("verified");
    assertThat(verified.path("objects").booleanValue()).isTrue();
    // MinIO does not list the uploads that were begun before its start.
    assertThat(verified.path("uploads").isBoolean()).isTrue();
    assertThat(verified.path("uploads").booleanValue()).isFalse();
  }

  @Test
  void purgesATrainingsDirectory() throws IOException {
    var id = "train_" + UUID.randomUUID().toString().substring(0, 8);
    var directory = installation().trainings.resolve(id);
    neighbours().settleBeside(directory);
    Files.createDirectories(directory.resolve("checkpoints"));
    Files.writeString(directory.resolve("checkpoints/step-1.pt"), "weights");
    post("/api/v1/trainings", Map.of("id", id, "name", id, "status", "completed"), 201);

    var answer = api().delete("/api/v1/trainings/" + id, "Prefer", "wait=60");

    assertThat(answer.status()).isEqualTo(204);
    assertPurged(api().get(answer.location()).body(), 1);
    assertThat(directory).doesNotExist();
  }

  @Test
  void carriesTheTraceOfTheRequestToTheLastCallOfTheStore() {
    var dataset = dataset(3);
    var trace = UUID.randomUUID().toString().replace("-", "");
    var traceparent = "00-" + trace + "-00f067aa0ba902b7-01";
    installation().store.remember();

    var answer =
        api()
            .delete("/api/v1/datasets/" + dataset, "traceparent", traceparent, "Prefer", "wait=60");

    assertThat(answer.status()).isEqualTo(204);
    var said = installation().store.said();
    installation().store.forget();
    var traced = Pattern.compile("(?i)\r\ntraceparent: 00-" + trace + "-[0-9a-f]{16}-01\r\n");
    var bucket = installation().bucket;
    var listings = requests(said, "GET /" + bucket + "?", dataset);
    assertThat(listings).hasSizeGreaterThan(1).allMatch(traced.asPredicate());
    var batches = requests(said, "POST /" + bucket + "?delete", "");
    assertThat(batches).filteredOn(traced.asPredicate()).isNotEmpty();
  }

  /** The heads of the requests of this kind. */
  private static List<String> requests(String said, String kind, String containing) {
    return REQUEST_HEAD
        .matcher(said)
        .results()
        .map(MatchResult::group)
        .filter(head -> head.startsWith(kind) && head.contains(containing))
        .toList();
  }

  @Test
  void refusesWhatAnActiveModelNeeds() {
    var dataset = dataset(3);
    var name = "model-" + dataset;
    post(
        "/api/v1/models",
        Map.of("name", name, "version", "1", "dataset_ids", List.of(dataset), "is_active", true),
        201);

    var answer = api().delete("/api/v1/datasets/" + dataset);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("detail").stringValue())
        .isEqualTo(
            "Cannot delete dataset: it is currently used by 1 active model(s): "
                + name
                + ". Please deactivate or delete these models first.");
    assertThat(contents(dataset)).hasSize(3);
  }

  @Test
  void handsBackWhenItIsStopped() throws Exception {
    var dataset = dataset(4_000);
    var location = delete(dataset);
    await().atMost(LONG).until(() -> isFinished(location) || purged(location) > 0);

    for (var worker : installation().workers) {
      assertThat(worker.terminate(LONG)).as("stops by itself").isTrue();
    }
    var states =
        ask("select state from purgeline.purge_task where deletion_id = cast(? as uuid)", location);
    for (var worker : installation().workers) {
      worker.launch();
    }
    installation().workers.forEach(worker -> worker.awaitHealthy());

    assertThat(states).as("would have to wait for a lease to run out").doesNotContain("RUNNING");
    awaitPurged(location, 4_000);
    assertThat(contents(dataset)).isEmpty();
  }
}
