package io.purgeline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What is decided of one dead letter, or of all of a group: discard, restore, snooze. */
final class DecisionCommands {

  private DecisionCommands() {}

  /** One dead letter, or all of a group. */
  static final class Target {

    @Parameters(paramLabel = "ID", description = "One dead letter.")
    private @Nullable String id;

    @Option(names = "--group", paramLabel = "GROUP", description = "All of a group.")
    private @Nullable String group;

    JsonNode decide(Api api, String act, Map<String, ?> body) {
      return id != null
          ? api.post(Api.path("/dead-letters/%s/" + act, id), body)
          : api.post(Api.path("/dead-letters/groups/%s/" + act, String.valueOf(group)), body);
    }

    /** What a person has to know before it is discarded. */
    String described(Api api) {
      return id != null ? letter(api, id) : group(api, String.valueOf(group));
    }

    private static String letter(Api api, String id) {
      var letter = api.get(Api.path("/dead-letters/%s", id));
      var resource = letter.path("resource");
      var of =
          resource.isObject()
              ? " of " + Readable.text(resource, "kind") + " " + Readable.text(resource, "name")
              : "";
      return "dead letter %s%s? %s stay".formatted(id, of, Readable.bytes(letter, "bytes"));
    }

    private static String group(Api api, String group) {
      return api.get("/dead-letters/groups")
          .path("items")
          .valueStream()
          .filter(one -> Readable.text(one, "group").equals(group))
          .findFirst()
          .map(one ->
              "all %d dead letters of group %s (%s)? %s stay"
                  .formatted(
                      one.path("count").asLong(),
                      group,
                      Readable.text(one, "title"),
                      Readable.bytes(one, "bytes")))
          .orElseThrow(() ->
              new FailedException(
                  ExitCode.REFUSED, "No dead letter of group %s is open.".formatted(group)));
    }

    @Override
    public String toString() {
      return id != null ? "dead letter " + id : "group " + group;
    }
  }

  /** {@code dead-letters discard}. */
  @Command(
      name = "discard",
      description =
          "Accepts that what is left stays: nobody will free these bytes. Asks before. Can be taken"
              + " back with restore.")
  static final class Discard extends ApiCommand {

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    int run(Api api) {
      var question = "Discard %s where they are.".formatted(target.described(api));
      screen.confirm(yes, question);
      return decided(screen, target, target.decide(api, "discard", Map.of("reason", reason)));
    }
  }

  /** {@code dead-letters restore}. */
  @Command(name = "restore", description = "Takes back that it was discarded or snoozed.")
  static final class Restore extends ApiCommand {

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Override
    int run(Api api) {
      return decided(screen, target, target.decide(api, "restore", Map.of()));
    }
  }

  /** {@code dead-letters snooze}. */
  @Command(name = "snooze", description = "Leaves it aside until a time; no alert tells of it.")
  static final class Snooze extends ApiCommand {

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(
        names = "--until",
        required = true,
        paramLabel = "TIME",
        description = "At most seven days ahead, such as 2026-12-01T08:00:00Z.")
    private String until = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Override
    int run(Api api) {
      var body = Map.of("reason", reason, "until", until);
      return decided(screen, target, target.decide(api, "snooze", body));
    }
  }

  /** A group answers how many were changed, a dead letter what it is now. */
  private static int decided(Screen screen, Target target, JsonNode answer) {
    screen.json(answer);
    var changed = answer.path("changed").asLong(1);
    if (changed == 0) {
      throw new FailedException(
          ExitCode.REFUSED,
          "Nothing was changed: no dead letter of %s is in a state that allows it."
              .formatted(target));
    }
    if (answer.has("changed")) {
      screen.line("%s changed.", Readable.plural(changed, "dead letter"));
    } else {
      var until = Readable.time(answer, "snoozed_until");
      screen.line(
          "%s is %s%s.",
          Readable.text(answer, "id"),
          Readable.text(answer, "state"),
          until.isEmpty() ? "" : ", left aside until " + until);
    }
    return ExitCode.DONE;
  }
}
