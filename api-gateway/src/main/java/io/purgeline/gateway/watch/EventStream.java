package io.purgeline.gateway.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * One client's Server-Sent Events: {@code progress} when something changed, at most twice a second,
 * and one {@code finished}. A client that is slow to read misses steps between, never the end.
 */
final class EventStream implements Watcher {

  private static final Duration BETWEEN_EVENTS = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final UUID id;
  private final SseEmitter emitter = new SseEmitter(0L);
  private final AtomicBoolean sending = new AtomicBoolean();
  private volatile @Nullable String lastId;
  private volatile long lastSent;
  private volatile boolean ended;

  /**
   * A stream that is open.
   *
   * @param lastId the last event the client has, null if it has none
   */
  EventStream(UUID id, @Nullable String lastId) {
    this.id = id;
    this.lastId = lastId;
    // The first event is due at once; the comment makes the client see that it is connected.
    this.lastSent = System.nanoTime() - BETWEEN_EVENTS.toNanos();
    write(SseEmitter.event().comment("following").reconnectTime(1_000));
  }

  SseEmitter emitter() {
    return emitter;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public boolean look(@Nullable Seen seen) {
    if (ended || !sending.compareAndSet(false, true)) {
      return ended;
    }
    var silence = System.nanoTime() - lastSent;
    if (seen != null && seen.isFinal()) {
      send(() -> finish(seen));
    } else if (seen != null
        && !seen.eventId().equals(lastId)
        && silence >= BETWEEN_EVENTS.toNanos()) {
      send(() -> write(event("progress", seen)));
    } else if (silence >= HEARTBEAT.toNanos()) {
      send(() -> write(SseEmitter.event().comment("alive")));
    } else {
      sending.set(false);
    }
    return false;
  }

  /** Writing may block on a slow client, so it is left to a thread of that moment. */
  private void send(Runnable writing) {
    Thread.startVirtualThread(() -> {
      try {
        writing.run();
      } finally {
        lastSent = System.nanoTime();
        sending.set(false);
      }
    });
  }

  private void finish(Seen seen) {
    write(event("finished", seen));
    end();
  }

  private SseEventBuilder event(String name, Seen seen) {
    lastId = seen.eventId();
    return SseEmitter.event().id(seen.eventId()).name(name).data(seen, MediaType.APPLICATION_JSON);
  }

  private void write(SseEventBuilder event) {
    try {
      emitter.send(event);
    } catch (IOException | IllegalStateException gone) {
      ended = true;
    }
  }

  @Override
  public void end() {
    ended = true;
    emitter.complete();
  }
}
