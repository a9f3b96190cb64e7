package io.purgeline.gateway.deadletter;

import io.purgeline.database.AfterCommit;
import io.purgeline.gateway.deadletter.ReplayStart.DryRun;
import io.purgeline.gateway.deadletter.Selection.Skipped;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.operations.OperatorActs;
import io.purgeline.gateway.operations.OperatorActs.Act;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Putting dead letters back on the path that every purge takes. */
@RestController
@RequestMapping("/api/v1/replays")
@Tag(name = "Dead letters")
class ReplayController {

  static final String KIND = "replay";
  private static final Logger log = LoggerFactory.getLogger(ReplayController.class);
  private static final int LONGEST_KEY = 255;

  private final ReplayStart starts;
  private final Replays replays;
  private final ReplayViews views;
  private final OperatorActs acts;

  ReplayController(ReplayStart starts, Replays replays, ReplayViews views, OperatorActs acts) {
    this.starts = starts;
    this.replays = replays;
    this.views = views;
    this.acts = acts;
  }

  @Operation(
      summary = "Replay dead letters",
      description =
          """
          **Warning: what is replayed is purged: deleted permanently, which cannot be undone.** What is in the list \
          at this moment is accepted, and nothing that arrives later. With `ramp` it begins with one, then 5, 20, \
          100, ..., each step only when the one before has its outcomes; more than one in ten failing again ends \
          it. `dry_run` tells what would be done. The same `Idempotency-Key` again answers what the first did.
          """)
  @ApiResponse(
      responseCode = "202",
      description = "What was accepted",
      headers =
          @Header(
              name = "Location",
              description = "Where the replay can be looked at",
              schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Accepted.class)))
  @ApiResponse(
      responseCode = "200",
      description = "With `dry_run`: what would be done",
      content = @Content(schema = @Schema(implementation = DryRun.class)))
  @PostMapping
  ResponseEntity<?> start(
      @RequestBody ReplayRequest body,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      Principal user) {
    var selector = body.checked();
    if (body.isDryRun()) {
      return ResponseEntity.ok(starts.tryOut(selector));
    }
    var act = Act.of(user.getName(), "replay.start", KIND, "").because(body.reason());
    var replay = acts.performTold(act, by -> starts.start(body, checked(key), by));
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/replays/" + replay.id()))
        .body(new Accepted(replay.id(), replay.total(), replay.skipped()));
  }

  private static @Nullable String checked(@Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw ApiException.badRequest("Invalid Idempotency-Key: 1 to 255 characters");
    }
    return key;
  }

  @Operation(summary = "Replays, the latest first")
  @GetMapping
  Page<ReplayView> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return views.page(
        QueryValues.choice("state", state, ReplayState.class),
        limit,
        QueryValues.uuidCursor(cursor));
  }

  @Operation(summary = "How far a replay has come")
  @GetMapping("/{id}")
  ReplayView one(@PathVariable String id) {
    return views.one(replayId(id));
  }

  @Operation(summary = "Stop a replay for now", description = "What was put back goes on.")
  @PostMapping("/{id}/pause")
  ReplayView pause(@PathVariable String id, Principal user) {
    return move("pause", id, List.of(ReplayState.RUNNING), ReplayState.PAUSED, user);
  }

  @Operation(summary = "Let a replay go on")
  @PostMapping("/{id}/resume")
  ReplayView resume(@PathVariable String id, Principal user) {
    return move("resume", id, List.of(ReplayState.PAUSED), ReplayState.RUNNING, user);
  }

  @Operation(
      summary = "End a replay",
      description = "What was put back goes on; what was not stays `OPEN`.")
  @PostMapping("/{id}/abort")
  ReplayView abort(@PathVariable String id, Principal user) {
    var from = List.of(ReplayState.RUNNING, ReplayState.PAUSED);
    return move("abort", id, from, ReplayState.ABORTED, user);
  }

  private ReplayView move(
      String name, String id, List<ReplayState> from, ReplayState to, Principal user) {
    var replay = replayId(id);
    var act = Act.of(user.getName(), KIND + "." + name, KIND, id);
    return acts.perform(
        act,
        by -> {
          var because = to == ReplayState.ABORTED ? "by " + by.actor() : null;
          if (!replays.move(replay, from, to, because)) {
            var state = views.one(replay).state();
            throw ApiException.conflict("Cannot %s a replay that is %s.".formatted(name, state));
          }
          if (to == ReplayState.ABORTED) {
            replays.release(replay);
          }
          AfterCommit.run(() -> logMove(replay, to, by));
          return views.one(replay);
        });
  }

  private static void logMove(UUID id, ReplayState to, Requester by) {
    log.atInfo().addKeyValue("replay_id", id).log("replay {} is {}, by {}", id, to, by.actor());
  }

  static UUID replayId(String id) {
    return QueryValues.uuid(id, "Invalid replay_id format");
  }

  /** A replay was made. */
  record Accepted(UUID id, long accepted, Skipped skipped) {}
}
