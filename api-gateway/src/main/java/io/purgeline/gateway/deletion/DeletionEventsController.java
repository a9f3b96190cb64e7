package io.purgeline.gateway.deletion;

import io.purgeline.gateway.watch.EventStream;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
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
  private final Sightings sightings;
  private final DeletionWatch watch;

  DeletionEventsController(DeletionReader deletions, Sightings sightings, DeletionWatch watch) {
    this.deletions = deletions;
    this.sightings = sightings;
    this.watch = watch;
  }

  @Operation(
      summary = "Follow a deletion with Server-Sent Events",
      description =
          """
          A `progress` event when something changed, at most twice a second, and a final `finished`. \
          With `Last-Event-ID` only what is newer; 204 if that was the end already, so that clients stop.
          """)
  @GetMapping(path = "/api/v1/deletions/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events(
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId) {
    var deletion = deletions.one(ResourceIds.deletion(id)).id();
    if (lastId != null && hasSeenTheEnd(deletion, lastId)) {
      return ResponseEntity.noContent().build();
    }
    var stream = new EventStream(deletion, lastId);
    stream.emitter().onCompletion(() -> watch.remove(stream));
    watch.add(stream);
    return ResponseEntity.ok().header("Cache-Control", "no-store").body(stream.emitter());
  }

  private boolean hasSeenTheEnd(UUID deletion, String lastId) {
    return sightings.of(List.of(deletion)).stream()
        .anyMatch(seen -> seen.isFinal() && seen.eventId().equals(lastId));
  }
}
