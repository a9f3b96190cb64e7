package io.purgeline.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Follows a deletion or a replay to its end. It asks twice a second and bears with a gateway that
 * is away for a while; that nobody watches changes nothing about what is watched.
 */
final class Watch {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Set<String> REPLAY_ENDS = Set.of("DONE", "ABORTED");
  private static final Set<String> DELETION_GOES_ON = Set.of("PURGING", "SCHEDULED");
  private static final Set<String> TASK_GOES_ON = Set.of("PENDING", "RUNNING", "WAITING");

  private final Api api;
  private final Screen screen;

  Watch(Api api, Screen screen) {
    this.api = api;
    this.screen = screen;
  }

  /** To the end of a purge. */
  int deletion(String id) throws InterruptedException {
    var path = Api.path("/deletions/%s", id);
    var deletion = follow(path, goesOn("The purge", "deletions", id), Watch::ofDeletion);
    screen.json(deletion);
    DeletionText.ended(screen, deletion);
    return Readable.text(deletion, "state").equals("PURGED") ? ExitCode.DONE : ExitCode.PARTLY;
  }

  /** To the end of a replay. */
  int replay(String id) throws InterruptedException {
    var path = Api.path("/replays/%s", id);
    var replay = follow(path, goesOn("The replay", "replays", id), Watch::ofReplay);
    screen.json(replay);
    ReplayText.tell(screen, replay);
    if (Readable.text(replay, "state").equals("ABORTED")) {
      return ExitCode.REFUSED;
    }
    return replay.path("resolved").asLong() == replay.path("total").asLong()
        ? ExitCode.DONE
        : ExitCode.PARTLY;
  }

  private static String goesOn(String what, String command, String id) {
    return "%s goes on; to see it again: %s %s watch %s".formatted(what, Ctl.NAME, command, id);
  }

  private JsonNode follow(String path, String goesOn, Function<JsonNode, Sight> look)
      throws InterruptedException {
    var patience = new Patience(screen);
    var progress = new Progress(screen, InstantSource.system());
    var seen = api.get(path); // what is not there now never will be
    try (var note = OnInterrupt.say(screen, goesOn)) {
      while (true) {
        var sight = look.apply(seen);
        progress.show(sight.state(), sight.done(), sight.total());
        if (sight.ended()) {
          return seen;
        }
        Patience.pause(PAUSE);
        seen = patience.ask(() -> api.get(path));
      }
    } catch (FailedException e) {
      throw e.isUnreachable() ? e.and(goesOn) : e;
    }
  }

  private static Sight ofDeletion(JsonNode deletion) {
    var state = Readable.text(deletion, "state");
    var objects = deletion.path("objects");
    var settled =
        objects.path("purged").asLong()
            + objects.path("already_absent").asLong()
            + objects.path("retained").asLong();
    var goesOnInPart = state.equals("DEAD") && isTaskUnderWay(deletion);
    return new Sight(
        goesOnInPart ? "DEAD, the rest goes on:" : state,
        settled,
        objects.path("planned").asLong(),
        !goesOnInPart && !DELETION_GOES_ON.contains(state));
  }

  /** A deletion is dead as soon as one of its tasks is, or one of a job's datasets. */
  private static boolean isTaskUnderWay(JsonNode deletion) {
    return deletion
        .path("tasks")
        .valueStream()
        .anyMatch(task -> TASK_GOES_ON.contains(Readable.text(task, "state")));
  }

  private static Sight ofReplay(JsonNode replay) {
    var state = Readable.text(replay, "state");
    var ended = REPLAY_ENDS.contains(state);
    return new Sight(
        ended ? state : ReplayText.underWay(replay),
        replay.path("resolved").asLong() + replay.path("failed_again").asLong(),
        replay.path("total").asLong(),
        ended);
  }

  /** How something stood when it was looked at. */
  private record Sight(String state, long done, long total, boolean ended) {}
}
