package io.purgeline.cli;

import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What is decided of one dead letter, or of all of a group: discard, restore, snooze. */
final class DecisionCommands {

  private DecisionCommands() {}

  /** {@code dead-letters discard}. */
  @Command(
      name = "discard",
      description =
          "Accepts that what is left stays: nobody will free these bytes. Asks before. Can be taken"
              + " back with restore.")
  static final class Discard extends ApiCommand {

    @ArgGroup(multiplicity = "1")
    private DecisionTarget target = new DecisionTarget();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    int run(Api api) {
      var question =
          "Discard %s? These bytes stay where they are.".formatted(target.described(api));
      screen.confirm(yes, question);
      return decided(screen, target, target.decide(api, "discard", Map.of("reason", reason)));
    }
  }

  /** {@code dead-letters restore}. */
  @Command(
      name = "restore",
      description = "Takes back that it was discarded or snoozed. Asks before more than 100.")
  static final class Restore extends ApiCommand {

    @ArgGroup(multiplicity = "1")
    private DecisionTarget target = new DecisionTarget();

    @Option(names = "--yes", description = "Does not ask, however many.")
    private boolean yes;

    @Override
    int run(Api api) {
      if (target.decidedMayBeMany(api)) {
        screen.confirm(yes, "Restore all that were discarded or snoozed of %s?".formatted(target));
      }
      return decided(screen, target, target.decide(api, "restore", Map.of()));
    }
  }

  /** {@code dead-letters snooze}. */
  @Command(
      name = "snooze",
      description =
          "Leaves it aside until a time; no alert tells of it. Asks before more than 100.")
  static final class Snooze extends ApiCommand {

    @ArgGroup(multiplicity = "1")
    private DecisionTarget target = new DecisionTarget();

    @Option(
        names = "--until",
        required = true,
        paramLabel = "TIME",
        description = "At most seven days ahead, such as 2026-12-01T08:00:00Z.")
    private String until = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(names = "--yes", description = "Does not ask, however many.")
    private boolean yes;

    @Override
    int run(Api api) {
      if (target.openAreMany(api)) {
        screen.confirm(yes, "Snooze %s?".formatted(target.described(api)));
      }
      var body = Map.of("reason", reason, "until", until);
      return decided(screen, target, target.decide(api, "snooze", body));
    }
  }

  /** A group answers how many were changed, a dead letter what it is now. */
  private static int decided(Screen screen, DecisionTarget target, JsonNode answer) {
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
