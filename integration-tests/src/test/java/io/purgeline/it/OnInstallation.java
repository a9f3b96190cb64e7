package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.ManyObjects;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PurgelineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Tests on separate processes. Whatever a test deletes has live neighbours, whose content is
 * compared afterwards.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnInstallation {

  static final Duration LONG = Duration.ofMinutes(3);
  static final int OBJECT_SIZE = 100;

  private TestInstallation installation;
  private LiveNeighbours neighbours;
  private Client api;

  @BeforeAll
  void install() {
    installation = TestInstallation.shared();
    neighbours = new LiveNeighbours(installation.s3);
    api = api(0);
  }

  @AfterEach
  void neighboursAreUntouched() {
    neighbours.assertUntouched();
  }

  TestInstallation installation() {
    return installation;
  }

  LiveNeighbours neighbours() {
    return neighbours;
  }

  Client api() {
    return api;
  }

  /** The API as this gateway offers it. */
  Client api(int gateway) {
    return new Client(installation.gateways.get(gateway).address().toString());
  }

  /** A dataset of so many registered objects. */
  String dataset(int objects) {
    var id = UUID.randomUUID().toString();
    var minio = MinioServer.shared();
    var keys = ManyObjects.put(minio, installation.bucket, prefix(id), objects, OBJECT_SIZE);
    neighbours.settleBeside(installation.bucket, prefix(id));
    var lines =
        IntStream.range(0, objects)
            .mapToObj(i ->
                "{\"sample_idx\": %d, \"receiver\": \"RX_004\", \"object_key\": \"%s\", \"size_bytes\": %d}"
                    .formatted(i, keys.get(i), OBJECT_SIZE))
            .collect(Collectors.joining("\n"));
    post("/api/v1/datasets", Map.of("id", id, "name", "d-" + id, "type", "iq_raw"), 201);
    assertThat(api.samples(id, lines).status()).isEqualTo(201);
    return id;
  }

  /** A dataset of one file, below a root that is given to none of the workers. */
  String filesDataset() throws IOException {
    var id = UUID.randomUUID().toString();
    var directory = installation.datasets.resolve(id);
    neighbours.settleBeside(directory);
    Files.writeString(Files.createDirectories(directory).resolve("recording.npy"), "recording");
    post("/api/v1/datasets", Map.of("id", id, "name", "f-" + id, "type", "files"), 201);
    return id;
  }

  Map<String, ?> contents(String dataset) {
    return installation.s3.contents(installation.bucket, prefix(dataset));
  }

  static String prefix(String dataset) {
    return "synthetic/" + dataset + "/";
  }

  /** Deletes the dataset and answers where the deletion is to be seen. */
  String delete(String dataset) {
    return api.deleteDataset(dataset);
  }

  void post(String path, Map<String, ?> body, int expected) {
    var answer = api.post(path, body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(expected);
  }

  void awaitPurged(String location, long objects) {
    await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> isFinished(location));
    assertPurged(api.get(location).body(), objects);
  }

  boolean isFinished(String location) {
    return !ask("select state from purgeline.deletion where id = cast(? as uuid)", location)
        .equals(List.of("PURGING"));
  }

  long purged(String location) {
    return ask(
            "select objects_purged from purgeline.purge_task where deletion_id = cast(? as uuid)",
            location)
        .stream()
        .mapToLong(Long::parseLong)
        .sum();
  }

  /**
   * The worker that purges it, once it has purged something more; none if the purge ended before.
   */
  Optional<PurgelineProcess> holderAfterSomeProgress(String location) {
    var before = purged(location);
    return holder(location, () -> purged(location) > before);
  }

  /** The worker that purges it; none if the purge ended before. */
  Optional<PurgelineProcess> holder(String location) {
    return holder(location, () -> true);
  }

  private Optional<PurgelineProcess> holder(String location, BooleanSupplier isReady) {
    var workers = installation.workers;
    return await()
        .atMost(LONG)
        .until(
            () -> workers.stream().filter(worker -> holds(worker, location)).findFirst(),
            holder -> isFinished(location) || (holder.isPresent() && isReady.getAsBoolean()));
  }

  /** The owner's name in a lease begins with the number of its process. */
  private boolean holds(PurgelineProcess worker, String location) {
    var owner =
        ask(
            """
            select coalesce(lease_owner, '') from purgeline.purge_task
            where deletion_id = cast(? as uuid)
            """,
            location);
    return owner.getFirst().startsWith(worker.pid() + "@");
  }

  static String idIn(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** Whatever the database tells about this deletion, as text. */
  List<String> ask(String sql, String location) {
    return installation
        .sql
        .sql(sql)
        .param(idIn(location))
        .query((row, n) -> row.getString(1))
        .list();
  }

  static void assertPurged(JsonNode deletion, long objects) {
    assertThat(deletion.path("state").stringValue()).as(deletion.toString()).isEqualTo("PURGED");
    var counts = deletion.path("objects");
    assertThat(counts.path("planned").longValue()).as("planned").isEqualTo(objects);
    assertThat(counts.path("purged").longValue()).as("purged").isEqualTo(objects);
    assertThat(counts.path("failed").longValue()).as("failed").isZero();
  }
}
