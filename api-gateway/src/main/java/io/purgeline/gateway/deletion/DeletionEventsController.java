package io.purgeline.gateway.deletion;

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

/** Following a deletion as it happens. */
@RestController
@Tag(name = "Deletions")
class DeletionEventsController {

  private final DeletionReader deletions;
  private final DeletionWatch watch;

  DeletionEventsController(DeletionReader deletions, DeletionWatch watch) {
    this.deletions = deletions;
    this.watch = watch;
  }

  @Operation(summary = "Follow a deletion with Server-Sent Events", description = Watch.EVENTS)
  @EventStreamAnswer
  @GetMapping(path = "/api/v1/deletions/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events(
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId) {
    return watch.follow(deletions.one(ResourceIds.deletion(id)).id(), lastId);
  }
}
