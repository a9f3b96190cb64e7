package io.purgeline.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an installation stands, read in one go.
 *
 * @param purging deletions that go on
 * @param dead deletions that gave up
 * @param more whether there are more of either than were read
 * @param oldestAt since when the oldest deletion waits that is not purged
 * @param outbox null if the gateway does not show it
 * @param groups open dead letters by cause
 * @param snoozed how many of them somebody left aside, as far as that was read
 * @param waiting what purges wait for because it is out of reach, by place
 */
record Status(
    List<JsonNode> purging,
    List<JsonNode> dead,
    boolean more,
    Optional<Instant> oldestAt,
    @Nullable Outbox outbox,
    List<JsonNode> groups,
    long snoozed,
    List<JsonNode> replays,
    JsonNode freeze,
    List<JsonNode> stores,
    TreeMap<String, String> waiting) {

  private static final int MOST_DELETIONS = 5_000;
  private static final int MOST_LETTERS = 1_000;

  /** Messages that wait, and since when the oldest does that could have gone out. */
  record Outbox(long messages, Optional<Instant> oldestAt) {}

  static Status read(Api api) {
    var pages = new Pages(api);
    var purging = pages.read("/deletions", Map.of("state", "PURGING"), MOST_DELETIONS);
    var dead = pages.read("/deletions", Map.of("state", "DEAD"), MOST_DELETIONS);
    var replays = new ArrayList<JsonNode>();
    for (var state : List.of("RUNNING", "PAUSED")) {
      replays.addAll(items(pages.read("/replays", Map.of("state", state), 100)));
    }
    var metrics = api.metrics();
    return new Status(
        items(purging),
        items(dead),
        purging.has("next_cursor") || dead.has("next_cursor"),
        metrics.flatMap(m -> m.earliest("purgeline_oldest_pending_timestamp_seconds")),
        metrics.map(Status::outbox).orElse(null),
        items(api.get("/dead-letters/groups")),
        snoozed(pages),
        replays,
        api.get("/freeze"),
        items(pages.read("/stores", Map.of(), MOST_DELETIONS)),
        waiting(items(purging)));
  }

  private static long snoozed(Pages pages) {
    return items(pages.read("/dead-letters", Map.of("state", "OPEN"), MOST_LETTERS)).stream()
        .filter(letter -> letter.path("snoozed_until").isString())
        .count();
  }

  private static @Nullable Outbox outbox(Metrics metrics) {
    var rows = metrics.count("purgeline_outbox_rows");
    return rows.isEmpty()
        ? null
        : new Outbox(
            rows.getAsLong(), metrics.earliest("purgeline_outbox_oldest_timestamp_seconds"));
  }

  private static List<JsonNode> items(JsonNode page) {
    return page.path("items").valueStream().toList();
  }

  /**
   * A purge that met an outage tries again when the store is back: what it said last is still so.
   */
  private static TreeMap<String, String> waiting(List<JsonNode> purging) {
    var waiting = new TreeMap<String, String>();
    purging.stream()
        .flatMap(deletion -> deletion.path("tasks").valueStream())
        .filter(task -> Readable.text(task, "state").equals("WAITING"))
        .filter(task -> Readable.text(task.path("last_error"), "class").equals("OUTAGE"))
        .forEach(task ->
            waiting.putIfAbsent(
                store(Readable.text(task, "location")),
                Readable.text(task.path("last_error"), "message")));
    return waiting;
  }

  /** {@code s3://main} of {@code s3://main/bucket/prefix/}. */
  private static String store(String location) {
    var end = location.indexOf('/', location.indexOf("://") + 3);
    return end < 0 ? location : location.substring(0, end);
  }

  /** The oldest deletion that is not purged; none if not all could be read. */
  Optional<JsonNode> oldest() {
    return more
        ? Optional.empty()
        : Stream.concat(purging.stream(), dead.stream())
            .min(Comparator.comparing(deletion -> requestedAt(deletion)));
  }

  /** Since when that waits: as the list has it, else as the gateway's figures do. */
  Optional<Instant> oldestSince() {
    return more ? oldestAt : oldest().map(Status::requestedAt);
  }

  private static Instant requestedAt(JsonNode deletion) {
    return Instant.parse(Readable.text(deletion, "requested_at"));
  }

  long open() {
    return groups.stream().mapToLong(group -> group.path("count").asLong()).sum();
  }

  long openBytes() {
    return groups.stream().mapToLong(group -> group.path("bytes").asLong()).sum();
  }

  boolean isFrozen() {
    return freeze.path("frozen").asBoolean();
  }

  /** Stores that are not what they were, so that nothing is purged there. */
  List<JsonNode> changedStores() {
    return stores.stream().filter(store -> store.path("problem").isString()).toList();
  }
}
