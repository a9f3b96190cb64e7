package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.ManyObjects;
import io.purgeline.testing.MinioServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** Tests whose purges fail because the store denies a prefix, until it is told not to. */
abstract class OnDeadLetters extends OnInstallation {

  static final String DENIED = "denied/";

  @AfterEach
  void theStoreDeniesNothing() {
    installation().denyNothing();
  }

  /**
   * Deletes so many datasets of one object each, all of one job, whose objects nobody may delete.
   */
  Dead deadDatasets(int count) {
    var folder = DENIED + UUID.randomUUID() + "/";
    installation().deny(DENIED);
    var job = UUID.randomUUID().toString();
    post(
        "/api/v1/jobs",
        Map.of("id", job, "name", job, "type", "synthetic_generation", "status", "completed"),
        201);
    var keys =
        ManyObjects.putApart(
            MinioServer.shared(), installation().bucket, folder, count, OBJECT_SIZE);
    keys.parallelStream().forEach(key -> register(key.substring(0, key.lastIndexOf('/') + 1), job));
    neighbours().settleBeside(installation().bucket, folder);
    var answer = api().delete("/api/v1/jobs/" + job + "?delete_dataset=true");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    await()
        .atMost(Duration.ofMinutes(10).plusMillis(100L * count))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> groups(job).size() == count);
    var groups = groups(job).stream().distinct().toList();
    assertThat(groups).as("one cause, one group").hasSize(1);
    return new Dead(job, folder, groups.getFirst());
  }

  private void register(String prefix, String job) {
    var uri = "s3://main/" + installation().bucket + "/" + prefix;
    post(
        "/api/v1/datasets",
        Map.of(
            "name",
            prefix,
            "type",
            "iq_raw",
            "created_by_job_id",
            job,
            "locations",
            List.of(Map.of("uri", uri))),
        201);
  }

  private List<String> groups(String job) {
    return ofJob("l.fingerprint", job);
  }

  /** Something of each dead letter {@code l}, its task {@code t} and its deletion {@code d}. */
  List<String> ofJob(String column, String job) {
    return installation()
        .sql
        .sql(
            """
            select cast(%s as text) from purgeline.deletion j
            join purgeline.deletion d on d.parent_id = j.id
            join purgeline.dead_letter l on l.deletion_id = d.id
            join purgeline.purge_task t on t.id = l.task_id
            where j.resource_id = :job
            """
                .formatted(column))
        .param("job", job)
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** Asks for a replay and answers its id. */
  String replay(Map<String, ?> selector, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("selector", selector);
    body.put("reason", "repaired");
    var answer = api().post("/api/v1/replays", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    return answer.body().path("id").stringValue();
  }

  JsonNode awaitReplay(String id, String state) {
    await()
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> replayOf(id).path("state").stringValue().equals(state));
    return replayOf(id);
  }

  JsonNode replayOf(String id) {
    return api().get("/api/v1/replays/" + id).body();
  }

  /** total, replayed, resolved, failed_again, remaining. */
  static List<Integer> counts(JsonNode replay) {
    return List.of("total", "replayed", "resolved", "failed_again", "remaining").stream()
        .map(name -> replay.path(name).intValue())
        .toList();
  }

  /**
   * Datasets that could not be purged.
   *
   * @param folder the prefix all of them are in
   */
  record Dead(String job, String folder, String group) {}
}
