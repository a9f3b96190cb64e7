package io.purgeline.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code audit verify}. */
@Command(
    name = "audit",
    description = "The trail of everything that was asked and done.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AuditCommand.Verify.class)
final class AuditCommand extends Helpful {

  /** {@code audit verify}. */
  @Command(name = "verify", description = "Recomputes the chain; exit code 3 if it is broken.")
  static final class Verify extends ApiCommand {

    @Override
    int run(Api api) {
      var found = api.get("/audit/verify");
      screen.json(found);
      return found.path("ok").asBoolean() ? whole(found) : broken(found);
    }

    private int whole(JsonNode found) {
      screen.line(
          "The chain is whole: sealed %d, not yet sealed %d. Note its head elsewhere: %s",
          found.path("sealed").asLong(),
          found.path("unsealed").asLong(),
          Readable.text(found, "head"));
      return ExitCode.DONE;
    }

    private int broken(JsonNode found) {
      screen.line(
          "The chain is BROKEN at entry %s: somebody changed what was recorded.",
          Readable.text(found, "broken_at"));
      return ExitCode.PARTLY;
    }
  }
}
