package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.watch.EventStreamAnswer;
import io.purgeline.gateway.watch.Watch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Following a replay as it happens. */
@RestController
@Tag(name = "Dead letters")
class ReplayEventsController {

  private final ReplayViews replays;
  private final ReplayWatch watch;

  ReplayEventsController(ReplayViews replays, ReplayWatch watch) {
    this.replays = replays;
    this.watch = watch;
  }

  @Operation(summary = "Follow a replay with Server-Sent Events", description = Watch.EVENTS)
  @EventStreamAnswer
  @GetMapping(path = "/api/v1/replays/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events(
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId) {
    return watch.follow(replays.one(ReplayController.replayId(id)).id(), lastId);
  }
}
