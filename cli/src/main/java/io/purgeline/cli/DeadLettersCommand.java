package io.purgeline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code dead-letters ls|groups|show|replay|discard|restore|snooze}. */
@Command(
    name = "dead-letters",
    description = "Purges that gave up: what failed, why, and what becomes of it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersCommand.Ls.class,
      DeadLettersCommand.Groups.class,
      DeadLettersCommand.Show.class,
      ReplayCommand.class,
      DecisionCommands.Discard.class,
      DecisionCommands.Restore.class,
      DecisionCommands.Snooze.class
    })
final class DeadLettersCommand extends Helpful {

  /** Where a dead letter stands. */
  enum State {
    OPEN,
    REPLAYING,
    RESOLVED,
    DISCARDED,
    ANY
  }

  /** {@code dead-letters ls}. */
  @Command(name = "ls", description = "Lists dead letters, the latest first.")
  static final class Ls extends Listing {

    private static final int LONGEST_MESSAGE = 80;

    @Option(
        names = "--state",
        defaultValue = "OPEN",
        description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private State state = State.OPEN;

    @Mixin private LetterFilter filter = new LetterFilter();

    @Option(names = "--group", paramLabel = "GROUP", description = "Those with one cause.")
    private @Nullable String group;

    @Override
    int run(Api api) {
      var table =
          new Table("ID", "STATE", "CLASS", "GROUP", "RESOURCE", "BYTES", "LAST", "MESSAGE");
      return list(api, "/dead-letters", table, Ls::row);
    }

    @Override
    void filter(Map<String, String> query) {
      Pages.put(query, "state", state == State.ANY ? null : state);
      Pages.put(query, "group", group);
      filter.put(query);
    }

    private static void row(Table table, JsonNode letter) {
      table.row(
          Readable.text(letter, "id"),
          state(letter),
          Readable.text(letter, "class"),
          Readable.text(letter, "group"),
          Readable.text(letter.path("resource"), "name"),
          Readable.bytes(letter, "bytes"),
          Readable.time(letter, "last_at"),
          Readable.cut(Readable.text(letter, "message"), LONGEST_MESSAGE));
    }

    private static String state(JsonNode letter) {
      var until = Readable.time(letter, "snoozed_until");
      return Readable.text(letter, "state") + (until.isEmpty() ? "" : " (until " + until + ")");
    }
  }

  /** {@code dead-letters groups}. */
  @Command(name = "groups", description = "Open dead letters by cause, the largest group first.")
  static final class Groups extends ApiCommand {

    @Override
    int run(Api api) {
      var groups = api.get("/dead-letters/groups");
      screen.json(groups);
      var table = GroupTable.of(groups.path("items").valueStream());
      if (table.isEmpty()) {
        screen.line("None.");
      } else {
        screen.table(table);
      }
      return ExitCode.DONE;
    }
  }

  /** {@code dead-letters show}. */
  @Command(name = "show", description = "Shows one with its cause, its stack and its history.")
  static final class Show extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "The dead letter.")
    private String id = "";

    @Override
    int run(Api api) {
      return Details.show(screen, api.get(Api.path("/dead-letters/%s", id)));
    }
  }
}
