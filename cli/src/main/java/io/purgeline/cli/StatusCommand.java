package io.purgeline.cli;

import io.purgeline.cli.Status.Deletions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code status}: what an operator looks at first. */
@Command(
    name = "status",
    description =
        "What waits and since when, what failed, what is frozen or out of reach; exit code 3 if"
            + " somebody should look.")
final class StatusCommand extends ApiCommand {

  private static final int GROUPS = 5;
  private static final String NOT_SHOWN = "not shown by this server";

  @Override
  int run(Api api) {
    var status = Status.read(api);
    var now = Instant.now();
    var concerns = Concerns.of(status, now);
    screen.json(new StatusDocument(status, concerns, now).of(api));
    tell(api, status, now);
    tell(concerns);
    return concerns.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
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
  }

  private void tell(List<String> concerns) {
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
        .orElse(status.isOldestShown() ? "nothing waits" : NOT_SHOWN);
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
}
