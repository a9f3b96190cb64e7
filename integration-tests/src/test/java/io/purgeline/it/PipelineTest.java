package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.it.Client.Answer;
import io.purgeline.testing.PurgelineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * From DELETE to a verified purge, through separate processes; workers and the gateway are killed
 * on the way.
 */
class PipelineTest {

  private static final Duration LONG = Duration.ofMinutes(3);

  private static final Pattern REQUEST_HEAD =
      Pattern.compile("[A-Z]+ /\\S* HTTP/1\\.1\r\n(?:[^\r\n]+\r\n)+\r\n");

  @TempDir private static Path folder;
  private static TestInstallation installation;

  @BeforeAll
  static void install() throws IOException {
    installation = new TestInstallation(folder);
  }

  @AfterAll
  static void uninstall() {
    installation.close();
  }

  @Test
  void purgesADatasetAndSparesItsNeighbours() {
    var dataset = dataset(1_200);
    installation.s3.putMany(installation.bucket, "synthetic/" + dataset + "0/", 5, 100);
    var neighbours = installation.s3.contents(installation.bucket, "synthetic/" + dataset + "0/");

    var answer = installation.api.delete("/api/v1/datasets/" + dataset, "Prefer", "wait=60");

    assertThat(answer.status()).isEqualTo(204);
    var deletion = installation.api.get(answer.location()).body();
    assertPurged(deletion, 1_200);
    assertThat(deletion.path("verified").path("objects").booleanValue()).isTrue();
    assertThat(contents(dataset)).isEmpty();
    assertThat(installation.s3.contents(installation.bucket, "synthetic/" + dataset + "0/"))
        .isEqualTo(neighbours);
  }

  @Test
  void purgesATrainingsDirectory() throws IOException {
    var id = "train_" + UUID.randomUUID().toString().substring(0, 8);
    var directory = Files.createDirectories(installation.trainings.resolve(id + "/checkpoints"));
    Files.writeString(directory.resolve("step-1.pt"), "weights");
    var neighbour = Files.createDirectories(installation.trainings.resolve(id + "0"));
    Files.writeString(neighbour.resolve("keep"), "keep");
    post("/api/v1/trainings", Map.of("id", id, "name", id, "status", "completed"), 201);

    var answer = installation.api.delete("/api/v1/trainings/" + id, "Prefer", "wait=60");

    assertThat(answer.status()).isEqualTo(204);
    assertPurged(installation.api.get(answer.location()).body(), 1);
    assertThat(installation.trainings.resolve(id)).doesNotExist();
    assertThat(neighbour.resolve("keep")).hasContent("keep");
  }

  @Test
  void carriesTheTraceOfTheRequestToTheLastCallOfTheStore() {
    var dataset = dataset(3);
    var trace = UUID.randomUUID().toString().replace("-", "");
    var traceparent = "00-" + trace + "-00f067aa0ba902b7-01";
    var before = installation.store.said().length(); // the test itself was looking, untraced

    var answer =
        installation.api.delete(
            "/api/v1/datasets/" + dataset, "traceparent", traceparent, "Prefer", "wait=60");

    assertThat(answer.status()).isEqualTo(204);
    var traced = Pattern.compile("(?i)\r\ntraceparent: 00-" + trace + "-[0-9a-f]{16}-01\r\n");
    var listings = requestsSince(before, "GET /" + installation.bucket + "?", dataset);
    assertThat(listings).hasSizeGreaterThan(1).allMatch(traced.asPredicate());
    var batches = requestsSince(before, "POST /" + installation.bucket + "?delete", "");
    assertThat(batches).filteredOn(traced.asPredicate()).isNotEmpty();
  }

  /** The heads of the requests of this kind that were sent to the store after so much was said. */
  private static List<String> requestsSince(int said, String kind, String containing) {
    return REQUEST_HEAD
        .matcher(installation.store.said().substring(said))
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

    var answer = installation.api.delete("/api/v1/datasets/" + dataset);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("detail").stringValue())
        .isEqualTo(
            "Cannot delete dataset: it is currently used by 1 active model(s): "
                + name
                + ". Please deactivate or delete these models first.");
    assertThat(contents(dataset)).hasSize(3);
  }

  /** Twenty kills with {@code --all}, a few otherwise. */
  @Test
  void countsExactlyAlthoughWorkersAndTheGatewayAreKilled() throws Exception {
    var objects = 6_000;
    var kills = Boolean.getBoolean("purgeline.test.all") ? 20 : 4;
    var dataset = dataset(objects);
    var location = delete(dataset);
    for (int i = 0; i < kills && !isFinished(location); i++) {
      var before = purged(location);
      await().atMost(LONG).until(() -> isFinished(location) || purged(location) > before);
      var victim = installation.workers.get(i % 2);
      victim.kill();
      victim.launch();
      if (i % 4 == 3) {
        installation.gateway.kill();
        installation.gateway.launch();
      }
      installation.gateway.awaitHealthy();
    }
    installation.workers.forEach(PurgelineProcess::awaitHealthy);

    await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> isFinished(location));
    assertPurged(installation.api.get(location).body(), objects);
    assertThat(contents(dataset)).isEmpty();
  }

  @Test
  void handsBackWhenItIsStopped() throws Exception {
    var dataset = dataset(4_000);
    var location = delete(dataset);
    await().atMost(LONG).until(() -> isFinished(location) || purged(location) > 0);

    for (var worker : installation.workers) {
      assertThat(worker.terminate(Duration.ofSeconds(40))).as("stops by itself").isTrue();
    }
    var running =
        installation
            .sql
            .sql("select count(*) from purgeline.purge_task where state = 'RUNNING'")
            .query(Long.class)
            .single();
    for (var worker : installation.workers) {
      worker.launch();
    }
    installation.workers.forEach(PurgelineProcess::awaitHealthy);

    assertThat(running).as("tasks that would have to wait for a lease to run out").isZero();
    await().atMost(LONG).until(() -> isFinished(location));
    assertPurged(installation.api.get(location).body(), 4_000);
  }

  private static String dataset(int objects) {
    var id = UUID.randomUUID().toString();
    post("/api/v1/datasets", Map.of("id", id, "name", "d-" + id, "type", "iq_raw"), 201);
    var prefix = "synthetic/" + id + "/";
    installation.s3.putMany(installation.bucket, prefix, objects, 100);
    var keys = installation.s3.contents(installation.bucket, prefix).keySet().stream().toList();
    assertThat(keys).hasSize(objects);
    var lines =
        IntStream.range(0, objects)
            .mapToObj(i ->
                "{\"sample_idx\": %d, \"receiver\": \"RX_004\", \"object_key\": \"%s\", \"size_bytes\": 100}"
                    .formatted(i, keys.get(i)))
            .collect(Collectors.joining("\n"));
    assertThat(installation.api.samples(id, lines).status()).isEqualTo(201);
    return id;
  }

  private static Map<String, ?> contents(String dataset) {
    return installation.s3.contents(installation.bucket, "synthetic/" + dataset + "/");
  }

  private static String delete(String dataset) {
    var answer = installation.api.delete("/api/v1/datasets/" + dataset);
    assertThat(answer.status()).isEqualTo(204);
    return answer.location();
  }

  private static void post(String path, Map<String, ?> body, int expected) {
    Answer answer = installation.api.post(path, body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(expected);
  }

  private static boolean isFinished(String location) {
    return !state(location).equals("PURGING");
  }

  private static String state(String location) {
    return installation
        .sql
        .sql("select state from purgeline.deletion where id = cast(:id as uuid)")
        .param("id", id(location))
        .query(String.class)
        .single();
  }

  private static long purged(String location) {
    return installation
        .sql
        .sql(
            "select sum(objects_purged) from purgeline.purge_task where deletion_id = cast(:id as uuid)")
        .param("id", id(location))
        .query(Long.class)
        .single();
  }

  private static String id(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static void assertPurged(JsonNode deletion, long objects) {
    assertThat(deletion.path("state").stringValue()).as(deletion.toString()).isEqualTo("PURGED");
    var counts = deletion.path("objects");
    assertThat(counts.path("planned").longValue()).as("planned").isEqualTo(objects);
    assertThat(counts.path("purged").longValue()).as("purged").isEqualTo(objects);
    assertThat(counts.path("failed").longValue()).as("failed").isZero();
  }
}
