package io.purgeline.cli;

import io.purgeline.cli.Status.Deletions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code status}: what an operator looks at first. */
@Command(
    name = "status",
    description =
        "What waits and since when, what failed, what is frozen or out of reach; exit code 3 if"
            + " somebody should look.")
final class StatusCommand extends ApiCommand {

  private static final int GROUPS = 5;
  private static final String NOT_SHOWN = "not shown by this server";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  int run(Api api) {
    var status = Status.read(api);
    var now = Instant.now();
    screen.json(document(api, status, now));
    tell(api, status, now);
    return Concerns.of(status, now).isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private void tell(Api api, Status status, Instant now) {
    screen.line("server         %s, as %s", api.base(), api.user());
    screen.line("oldest waits   %s", oldest(status, now));
    screen.line("purging        %s", many(status.purging()));
    screen.line("gave up        %s", many(status.dead()));
    screen.line("unfinished     %s", tasks(status.figures()));
    screen.line("outbox         %s", outbox(status.figures(), now));
    screen.line(
        "dead letters   %d in %s, %s%s",
        status.open(),
        many(status.groups().size(), status.moreGroups(), "group"),
        Readable.bytes(status.openBytes()),
        status.snoozed() == 0 ? "" : ", " + status.snoozed() + " snoozed");
    screen.line("replays        %d under way", status.replays().size());
    screen.line("stores         %d known", status.stores().size());
    if (!status.groups().isEmpty()) {
      screen.line("");
      screen.table(GroupTable.of(status.groups().stream().limit(GROUPS)));
    }
    if (!status.replays().isEmpty()) {
      screen.line("");
      var replays = ReplayText.table();
      status.replays().forEach(replay -> ReplayText.row(replays, replay));
      screen.table(replays);
    }
    screen.line("");
    var concerns = Concerns.of(status, now);
    concerns.forEach(concern -> screen.line("! %s", concern));
    if (concerns.isEmpty()) {
      screen.line("All is well.");
    }
  }

  private static String many(Deletions deletions) {
    return many(deletions.items().size(), deletions.more(), "deletion");
  }

  private static String many(int number, boolean more, String noun) {
    return Readable.plural(number, noun) + (more ? " or more" : "");
  }

  private static String tasks(@Nullable Figures figures) {
    return figures == null
        ? NOT_SHOWN
        : "%s, %d of them dead"
            .formatted(Readable.plural(figures.tasks(), "task"), figures.deadTasks());
  }

  private static String oldest(Status status, Instant now) {
    return status
        .oldestSince()
        .map(since ->
            Readable.duration(Duration.between(since, now))
                + status.oldest().map(StatusCommand::named).orElse(""))
        .orElse(status.more() ? NOT_SHOWN : "nothing waits");
  }

  private static String named(JsonNode deletion) {
    var resource = deletion.path("resource");
    return ", %s %s, %s (deletion %s)"
        .formatted(
            Readable.text(resource, "kind"),
            Readable.text(resource, "name"),
            Readable.text(deletion, "state"),
            Readable.text(deletion, "id"));
  }

  private static String outbox(@Nullable Figures figures, Instant now) {
    if (figures == null) {
      return NOT_SHOWN;
    }
    var outbox = figures.outbox();
    return Readable.plural(outbox.messages(), "message")
        + outbox
            .oldestAt()
            .map(since -> ", the oldest due for " + Readable.duration(Duration.between(since, now)))
            .orElse("");
  }

  private static ObjectNode document(Api api, Status status, Instant now) {
    var concerns = Concerns.of(status, now);
    var document = JSON.createObjectNode();
    document.put("server", api.base().toString());
    document.put("well", concerns.isEmpty());
    document.set("concerns", JSON.valueToTree(concerns));
    document.put("purging", status.purging().items().size());
    document.put("dead", status.dead().items().size());
    document.put("more_deletions", status.more());
    document.set("tasks", tasksDocument(status.figures()));
    document.set("oldest", oldestDocument(status, now));
    document.set("outbox", outboxDocument(status.figures(), now));
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

  private static JsonNode oldestDocument(Status status, Instant now) {
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

  private static JsonNode tasksDocument(@Nullable Figures figures) {
    return figures == null
        ? JSON.nullNode()
        : JSON.valueToTree(Map.of("unfinished", figures.tasks(), "dead", figures.deadTasks()));
  }

  private static JsonNode outboxDocument(@Nullable Figures figures, Instant now) {
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
