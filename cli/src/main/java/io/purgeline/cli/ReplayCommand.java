package io.purgeline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code dead-letters replay}. */
@Command(
    name = "replay",
    description =
        "Puts dead letters back: what they could not purge is tried again. Begins with one, then 5,"
            + " 20, 100, ... as long as that works.")
final class ReplayCommand extends ApiCommand {

  @ArgGroup(multiplicity = "1")
  private ReplaySelector selector = new ReplaySelector();

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason = "";

  @Option(names = "--rate", paramLabel = "N", description = "At most so many a second.")
  private @Nullable Double rate;

  @Option(
      names = "--no-ramp",
      description = "All at once, instead of step by step while that works.")
  private boolean noRamp;

  @Option(names = "--dry-run", description = "Only tells what would be done.")
  private boolean dryRun;

  @Option(
      names = "--watch",
      description =
          "Waits until the replay has ended; exit code 3 if some did not go through, 4 if it stopped.")
  private boolean watch;

  @Option(names = "--yes", description = "Does not ask, however many.")
  private boolean yes;

  @Override
  int run(Api api) throws InterruptedException {
    var look = api.post("/replays", request(true));
    if (dryRun) {
      return told(look);
    }
    var count = look.path("accepted").asLong();
    if (count == 0) {
      throw new FailedException(ExitCode.REFUSED, "There is nothing to replay." + skipped(look));
    }
    inTheWay(look).forEach(screen::warning);
    if (count > Screen.MANY) {
      var bytes = Readable.bytes(look, "bytes");
      screen.confirm(yes, "Replay %d dead letters, %s?".formatted(count, bytes));
    }
    return started(api, start(api));
  }

  /** The key lets the server tell a repeated request from a second replay. */
  private JsonNode start(Api api) throws InterruptedException {
    var key = UUID.randomUUID().toString();
    return new Patience(screen).ask(() -> api.post("/replays", request(false), key));
  }

  private int started(Api api, JsonNode replay) throws InterruptedException {
    var id = Readable.text(replay, "id");
    var accepted = replay.path("accepted").asLong();
    screen.line(
        "Replay %s: %s accepted.%s", id, Readable.plural(accepted, "dead letter"), skipped(replay));
    if (watch && accepted > 0) {
      return Math.max(
          begun(accepted), new Watch(api, screen).replay(id)); // the worse is the higher
    }
    screen.json(replay);
    return begun(accepted);
  }

  private int begun(long accepted) {
    if (accepted == 0) {
      return ExitCode.REFUSED; // somebody else was quicker
    }
    return accepted < selector.named() ? ExitCode.PARTLY : ExitCode.DONE;
  }

  private static String skipped(JsonNode answer) {
    var skipped = ReplayText.skipped(answer.path("skipped"));
    return skipped.isEmpty() ? "" : " Skipped: " + skipped + ".";
  }

  private Map<String, ?> request(boolean dry) {
    var request = new LinkedHashMap<String, Object>();
    request.put("selector", selector.json());
    request.put("reason", reason);
    request.put("ramp", !noRamp);
    request.put("dry_run", dry);
    if (rate != null) {
      request.put("rate_per_second", rate);
    }
    return request;
  }

  private int told(JsonNode look) {
    screen.json(look);
    var oldest = Readable.time(look, "oldest");
    screen.line(
        "Would replay %s, %s%s.%s",
        Readable.plural(look.path("accepted").asLong(), "dead letter"),
        Readable.bytes(look, "bytes"),
        oldest.isEmpty() ? "" : ", the oldest of " + oldest,
        skipped(look));
    inTheWay(look).forEach(sentence -> screen.line("%s", sentence));
    return look.path("would_refuse").isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static List<String> inTheWay(JsonNode look) {
    var sentences = new ArrayList<String>();
    for (var store : look.path("would_refuse")) {
      sentences.add(
          "%s is out of reach, which would end the replay: %s"
              .formatted(Readable.text(store, "store"), Readable.text(store, "problem")));
    }
    if (look.path("frozen").asBoolean()) {
      sentences.add("Purging is frozen: what is put back waits until that ends.");
    }
    return sentences;
  }
}
