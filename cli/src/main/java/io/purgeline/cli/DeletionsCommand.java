package io.purgeline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code deletions ls|show|watch}. */
@Command(
    name = "deletions",
    description = "Deletions and how far they have come.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeletionsCommand.Ls.class,
      DeletionsCommand.Show.class,
      DeletionsCommand.Follow.class
    })
final class DeletionsCommand extends Helpful {

  /** Where a deletion stands. */
  enum State {
    PURGING,
    DEAD,
    PURGED,
    RETAINED,
    INCOMPLETE
  }

  /** {@code deletions ls}. */
  @Command(name = "ls", description = "Lists deletions, the latest first.")
  static final class Ls extends Listing {

    @Option(names = "--state", description = "Those in one state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(names = "--kind", description = "Those of one kind: ${COMPLETION-CANDIDATES}.")
    private DeleteCommand.@Nullable Kind kind;

    @Option(
        names = "--resource",
        paramLabel = "ID",
        description = "Those of the dataset, job or training with this id.")
    private @Nullable String resource;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Those asked for then or later, such as 2026-12-01T08:00:00Z.")
    private @Nullable String since;

    @Override
    int run(Api api) {
      var table =
          new Table("ID", "STATE", "KIND", "RESOURCE", "OBJECTS", "BYTES", "REQUESTED", "BY");
      return list(api, "/deletions", table, Ls::row);
    }

    @Override
    void filter(Map<String, String> query) {
      Pages.put(query, "state", state);
      Pages.put(query, "kind", kind);
      Pages.put(query, "resource_id", resource);
      Pages.put(query, "since", since);
    }

    private static void row(Table table, JsonNode deletion) {
      var resource = deletion.path("resource");
      var objects = deletion.path("objects");
      table.row(
          Readable.text(deletion, "id"),
          Readable.text(deletion, "state"),
          Readable.text(resource, "kind"),
          Readable.text(resource, "name"),
          objects.path("purged").asLong() + "/" + objects.path("planned").asLong(),
          Readable.bytes(deletion.path("bytes"), "purged"),
          Readable.time(deletion, "requested_at"),
          Readable.text(deletion, "actor"));
    }
  }

  /** {@code deletions show}. */
  @Command(name = "show", description = "Shows one deletion with its tasks.")
  static final class Show extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "The deletion.")
    private String id = "";

    @Override
    int run(Api api) {
      return Details.show(screen, api.get(Api.path("/deletions/%s", id)));
    }
  }

  /** {@code deletions watch}. */
  @Command(
      name = "watch",
      description = "Waits until a purge has ended; exit code 3 unless it is then PURGED.")
  static final class Follow extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "The deletion.")
    private String id = "";

    @Override
    int run(Api api) throws InterruptedException {
      return new Watch(api, screen).deletion(id);
    }
  }
}
