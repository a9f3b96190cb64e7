package io.purgeline.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A status as scripts read it. */
record StatusDocument(Status status, List<String> concerns, Instant now) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** As one object. */
  ObjectNode of(Api api) {
    var document = JSON.createObjectNode();
    document.put("server", api.base().toString());
    document.put("well", concerns.isEmpty());
    document.set("concerns", JSON.valueToTree(concerns));
    document.put("purging", status.purging().items().size());
    document.put("dead", status.dead().items().size());
    document.put("more_deletions", status.more());
    document.set("tasks", tasks(status.figures()));
    document.set("oldest", oldest());
    document.set("outbox", outbox(status.figures()));
    document.put("dead_letters", status.open());
    document.put("more_groups", status.moreGroups());
    document.put("dead_letters_snoozed", status.snoozed());
    document.put("dead_letter_bytes", status.openBytes());
    document.set("dead_letter_groups", JSON.valueToTree(status.groups()));
    document.set("replays", JSON.valueToTree(status.replays()));
    document.set("freeze", status.freeze());
    document.set("stores", JSON.valueToTree(status.stores()));
    return document;
  }

  private JsonNode oldest() {
    return status
        .oldestSince()
        .map(since -> {
          var oldest = JSON.createObjectNode();
          oldest.put("requested_at", since.toString());
          oldest.put("age_seconds", Duration.between(since, now).toSeconds());
          status
              .oldest()
              .ifPresent(deletion -> {
                oldest.set("deletion_id", deletion.path("id"));
                oldest.set("state", deletion.path("state"));
                oldest.set("resource", deletion.path("resource"));
              });
          return (JsonNode) oldest;
        })
        .orElseGet(JSON::nullNode);
  }

  private static JsonNode tasks(@Nullable Figures figures) {
    return figures == null
        ? JSON.nullNode()
        : JSON.valueToTree(Map.of("unfinished", figures.tasks(), "dead", figures.deadTasks()));
  }

  private JsonNode outbox(@Nullable Figures figures) {
    if (figures == null) {
      return JSON.nullNode();
    }
    var outbox = figures.outbox();
    var since = outbox.oldestAt();
    return JSON.valueToTree(
        Map.of(
            "messages",
            outbox.messages(),
            "oldest_age_seconds",
            since.map(at -> Duration.between(at, now).toSeconds()).orElse(0L)));
  }
}
