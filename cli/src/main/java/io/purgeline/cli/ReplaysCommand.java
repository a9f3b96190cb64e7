package io.purgeline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code replays ls|show|watch|pause|resume|abort}. */
@Command(
    name = "replays",
    description = "Replays and how far they have come.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReplaysCommand.Ls.class,
      ReplaysCommand.Show.class,
      ReplaysCommand.Follow.class,
      ReplaysCommand.Pause.class,
      ReplaysCommand.Resume.class,
      ReplaysCommand.Abort.class
    })
final class ReplaysCommand extends Helpful {

  /** Where a replay stands. */
  enum State {
    RUNNING,
    PAUSED,
    ABORTED,
    DONE
  }

  /** {@code replays ls}. */
  @Command(name = "ls", description = "Lists replays, the latest first.")
  static final class Ls extends Listing {

    @Option(names = "--state", description = "Those in one state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Override
    int run(Api api) {
      return list(api, "/replays", ReplayText.table(), ReplayText::row);
    }

    @Override
    void filter(Map<String, String> query) {
      Pages.put(query, "state", state);
    }
  }

  /** {@code replays show}. */
  @Command(name = "show", description = "Shows one replay.")
  static final class Show extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "The replay.")
    private String id = "";

    @Override
    int run(Api api) {
      var replay = api.get(Api.path("/replays/%s", id));
      return Details.show(
          screen, replay, name -> !name.equals("step") || ReplayText.isBegun(replay));
    }
  }

  /** {@code replays watch}. */
  @Command(
      name = "watch",
      description =
          "Waits until a replay has ended; exit code 3 unless all went through, 4 if it was"
              + " aborted.")
  static final class Follow extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "The replay.")
    private String id = "";

    @Override
    int run(Api api) throws InterruptedException {
      return new Watch(api, screen).replay(id);
    }
  }

  /** {@code replays pause}. */
  @Command(name = "pause", description = "Stops a replay for now; what was put back goes on.")
  static final class Pause extends Move {
    Pause() {
      super("pause");
    }
  }

  /** {@code replays resume}. */
  @Command(name = "resume", description = "Lets a replay go on.")
  static final class Resume extends Move {
    Resume() {
      super("resume");
    }
  }

  /** {@code replays abort}. */
  @Command(name = "abort", description = "Ends a replay; what was not put back stays open.")
  static final class Abort extends Move {
    Abort() {
      super("abort");
    }
  }

  private abstract static class Move extends ApiCommand {

    private final String act;

    @Parameters(paramLabel = "ID", description = "The replay.")
    private String id = "";

    Move(String act) {
      this.act = act;
    }

    @Override
    int run(Api api) {
      JsonNode replay = api.post(Api.path("/replays/%s/" + act, id), Map.of());
      screen.json(replay);
      ReplayText.tell(screen, replay);
      return ExitCode.DONE;
    }
  }
}
