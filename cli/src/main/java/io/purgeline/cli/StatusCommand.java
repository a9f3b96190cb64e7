package io.purgeline.cli;

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
    screen.line("purging        %s", many(status.purging().size(), status.more()));
    screen.line("gave up        %s", many(status.dead().size(), status.more()));
    screen.line("outbox         %s", outbox(status.outbox(), now));
    screen.line(
        "dead letters   %d in %s, %s%s",
        status.open(),
        Readable.plural(status.groups().size(), "group"),
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

  private static String many(int number, boolean more) {
    return number + (more ? " or more" : "");
  }

  private static String oldest(Status status, Instant now) {
    return status
        .oldestSince()
        .map(since ->
            Readable.duration(Duration.between(since, now))
                + status.oldest().map(StatusCommand::named).orElse(""))
        .orElse("nothing waits");
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

  private static String outbox(Status.@Nullable Outbox outbox, Instant now) {
    if (outbox == null) {
      return "not shown by this server";
    }
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
    document.put("purging", status.purging().size());
    document.put("dead", status.dead().size());
    document.put("more_deletions", status.more());
    document.set("oldest", oldestDocument(status, now));
    document.set("outbox", outboxDocument(status.outbox(), now));
    document.put("dead_letters", status.open());
    document.put("dead_letters_snoozed", status.snoozed());
    document.put("dead_letter_bytes", status.openBytes());
    document.set("dead_letter_groups", JSON.valueToTree(status.groups()));
    document.set("replays", JSON.valueToTree(status.replays()));
    document.set("freeze", status.freeze());
    document.set("stores", JSON.valueToTree(status.stores()));
    document.set("out_of_reach", JSON.valueToTree(status.waiting()));
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

  private static JsonNode outboxDocument(Status.@Nullable Outbox outbox, Instant now) {
    if (outbox == null) {
      return JSON.nullNode();
    }
    var since = outbox.oldestAt();
    return JSON.valueToTree(
        Map.of(
            "messages",
            outbox.messages(),
            "oldest_age_seconds",
            since.map(at -> Duration.between(at, now).toSeconds()).orElse(0L)));
  }
}
