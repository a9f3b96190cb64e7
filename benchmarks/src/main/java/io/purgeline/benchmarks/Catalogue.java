package io.purgeline.benchmarks;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Registers datasets and deletes them. */
final class Catalogue {

  private static final Duration PATIENCE = Duration.ofHours(2);

  private final Api api;
  private final JdbcClient sql;
  private final String bucket;

  Catalogue(Api api, JdbcClient sql, String bucket) {
    this.api = api;
    this.sql = sql;
    this.bucket = bucket;
  }

  /** Where its datasets are. */
  String bucket() {
    return bucket;
  }

  String databaseVersion() {
    return sql.sql("show server_version").query(String.class).single();
  }

  /** A dataset at the prefix with this many samples, none of which need to be in the store. */
  String register(String prefix, int samples) throws IOException, InterruptedException {
    var location = Map.of("uri", "s3://main/" + bucket + "/" + prefix);
    var body = Map.of("name", prefix, "type", "iq_raw", "locations", List.of(location));
    var id = api.post("/api/v1/datasets", body).path("id").asString();
    addSamples(UUID.fromString(id), prefix, samples);
    return id;
  }

  private void addSamples(UUID dataset, String prefix, int samples) {
    sql.sql(
            """
            insert into purgeline.sample
              (dataset_id, location_id, sample_idx, receiver, object_key, size_bytes)
            select :dataset, l.id, i, 'RX_001', :prefix || lpad(i::text, 7, '0'), 256
            from purgeline.storage_location l, generate_series(0, :last) i
            where l.owner_id = cast(:dataset as text)
            """)
        .param("dataset", dataset)
        .param("prefix", prefix)
        .param("last", samples - 1)
        .update();
    sql.sql(
            """
            update purgeline.dataset
            set sample_count = :samples, sample_bytes = :samples * 256::bigint
            where id = :dataset
            """)
        .param("dataset", dataset)
        .param("samples", samples)
        .update();
  }

  /** Writes out what was inserted, so that it is not written while something is measured. */
  void settle() {
    sql.sql("vacuum analyze purgeline.sample").update();
    sql.sql("checkpoint").update();
  }

  /** Answers where the deletion is. */
  String delete(String dataset) throws IOException, InterruptedException {
    return api.delete("/api/v1/datasets/" + dataset);
  }

  /** The same, when it is purged or a minute has passed. */
  String deleteAndWait(String dataset) throws IOException, InterruptedException {
    return api.deleteAndWait("/api/v1/datasets/" + dataset);
  }

  JsonNode deletion(String path) throws IOException, InterruptedException {
    return api.get(path);
  }

  boolean isPurged(String path) throws IOException, InterruptedException {
    return stateOf(deletion(path)).equals("PURGED");
  }

  /** Waits for the end of the purge and answers how many objects it removed. */
  long awaitPurged(String path) throws IOException, InterruptedException {
    awaitUntil(path, () -> isPurged(path));
    return deletion(path).path("objects").path("purged").asLong();
  }

  /** Waits until so many objects are gone. */
  void awaitObjects(String path, long count) {
    awaitUntil(path, () -> purgedObjects(path) >= count);
  }

  private long purgedObjects(String path) throws IOException, InterruptedException {
    return deletion(path).path("objects").path("purged").asLong();
  }

  private static void awaitUntil(String path, Callable<Boolean> reached) {
    await(path)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(reached);
  }

  private static String stateOf(JsonNode deletion) {
    var state = deletion.path("state").asString();
    if (state.equals("DEAD")) {
      throw new IllegalStateException("the purge failed: " + deletion);
    }
    return state;
  }
}
