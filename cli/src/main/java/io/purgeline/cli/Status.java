package io.purgeline.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an installation stands, read with a fixed number of requests, however much waits.
 *
 * @param purging deletions that go on
 * @param dead deletions that gave up
 * @param figures null if the gateway does not show them
 * @param groups open dead letters by cause, the largest
 */
record Status(
    Deletions purging,
    Deletions dead,
    @Nullable Figures figures,
    List<JsonNode> groups,
    List<JsonNode> replays,
    JsonNode freeze,
    List<JsonNode> stores) {

  /** So many deletions of a state are read: enough to name the oldest on most days. */
  private static final int MOST_DELETIONS = 100;

  private static final int MOST_REPLAYS = 100;
  private static final int MOST_STORES = 1_000;

  /** So many groups the API lists, the largest. */
  private static final int MOST_GROUPS = 1_000;

  /** The latest deletions of one state, and whether there are more. */
  record Deletions(List<JsonNode> items, boolean more) {

    private static Deletions read(Pages pages, String state) {
      var page = pages.read("/deletions", Map.of("state", state), MOST_DELETIONS);
      return new Deletions(Status.items(page), page.has("next_cursor"));
    }
  }

  static Status read(Api api) {
    var pages = new Pages(api);
    var replays = new ArrayList<JsonNode>();
    for (var state : List.of("RUNNING", "PAUSED")) {
      replays.addAll(items(pages.read("/replays", Map.of("state", state), MOST_REPLAYS)));
    }
    return new Status(
        Deletions.read(pages, "PURGING"),
        Deletions.read(pages, "DEAD"),
        api.metrics().flatMap(Figures::of).orElse(null),
        items(api.get("/dead-letters/groups")),
        replays,
        api.get("/freeze"),
        items(pages.read("/stores", Map.of(), MOST_STORES)));
  }

  private static List<JsonNode> items(JsonNode page) {
    return page.path("items").valueStream().toList();
  }

  /** Whether there are more deletions than were read. */
  boolean more() {
    return purging.more || dead.more;
  }

  /** Whether there may be more groups than were read. */
  boolean moreGroups() {
    return groups.size() >= MOST_GROUPS;
  }

  /** The oldest deletion that is neither purged nor left aside; none if not all were read. */
  Optional<JsonNode> oldest() {
    return more()
        ? Optional.empty()
        : Stream.concat(purging.items.stream(), dead.items.stream().filter(this::isWaitedFor))
            .min(Comparator.comparing(deletion -> requestedAt(deletion)));
  }

  /**
   * Only what is dead can be left aside. The gateway's figures leave that out: what is older than
   * the oldest that they know of is left aside.
   */
  private boolean isWaitedFor(JsonNode dead) {
    return figures == null
        || figures
            .oldestPending()
            .filter(oldest -> !requestedAt(dead).isBefore(oldest))
            .isPresent();
  }

  /** Since when that waits: as the list has it, else as the gateway's figures do. */
  Optional<Instant> oldestSince() {
    if (!more()) {
      return oldest().map(Status::requestedAt);
    }
    return figures == null ? Optional.empty() : figures.oldestPending();
  }

  /** Whether the oldest can be told: that there is none may be all there is to tell. */
  boolean isOldestShown() {
    return !more() || figures != null;
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

  /** How many of the open dead letters are left aside; 0 if the gateway does not show it. */
  long snoozed() {
    return figures == null ? 0 : Math.min(figures.snoozed(), open());
  }

  boolean isFrozen() {
    return freeze.path("frozen").asBoolean();
  }

  /** Stores that are not what they were, so that nothing is purged there. */
  List<JsonNode> changedStores() {
    return stores.stream().filter(store -> store.path("problem").isString()).toList();
  }
}
