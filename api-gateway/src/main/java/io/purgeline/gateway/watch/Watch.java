package io.purgeline.gateway.watch;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Looks after what somebody waits for: one statement for all of them, twenty times a second, or for
 * a tenth of the time where that takes longer, with pauses of a second at most, and none while
 * nobody waits. Waiting costs an entry in a set; no thread, no connection.
 */
public class Watch implements SmartLifecycle, DisposableBean {

  /** What {@link #follow} offers, for the description of the API. */
  public static final String EVENTS =
      """
      A `progress` event when something changed, at most twice a second, and a final `finished`. \
      With `Last-Event-ID` only what is newer; 204 if that was the end already, so that clients stop.
      """;

  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** One look that took long must not keep everybody waiting, past the time they asked for. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Function<Set<UUID>, ? extends List<? extends Seen>> read;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledExecutorService timer;
  private volatile boolean running;

  /**
   * A watch over things of one kind.
   *
   * @param name of its thread
   * @param read looks at many of them in one statement
   */
  protected Watch(String name, Function<Set<UUID>, ? extends List<? extends Seen>> read) {
    this.read = read;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /**
   * Server-Sent Events of one thing that exists.
   *
   * @param lastId the last event the client has, null if it has none
   * @return 204 if that was the end
   */
  public ResponseEntity<SseEmitter> follow(UUID id, @Nullable String lastId) {
    if (lastId != null && hasSeenTheEnd(id, lastId)) {
      return ResponseEntity.noContent().build();
    }
    var stream = new EventStream(id, lastId);
    stream.emitter().onCompletion(() -> remove(stream));
    add(stream);
    return ResponseEntity.ok().header("Cache-Control", "no-store").body(stream.emitter());
  }

  private boolean hasSeenTheEnd(UUID id, String lastId) {
    return read.apply(Set.of(id)).stream()
        .anyMatch(seen -> seen.isFinal() && seen.eventId().equals(lastId));
  }

  public void add(Watcher watcher) {
    watchers.add(watcher);
    if (running) {
      schedule(Duration.ZERO);
    } else {
      watcher.end();
    }
  }

  public void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  private void schedule(Duration delay) {
    if (scheduled.compareAndSet(false, true)) {
      timer.schedule(this::tick, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    var began = System.nanoTime();
    try {
      runOnce();
    } finally {
      scheduled.set(false);
      if (!watchers.isEmpty()) {
        schedule(pauseAfter(Duration.ofNanos(System.nanoTime() - began)));
      }
    }
  }

  private static Duration pauseAfter(Duration look) {
    var pause = Collections.max(List.of(INTERVAL, look.multipliedBy(9)));
    return Collections.min(List.of(LONGEST_PAUSE, pause));
  }

  /**
   * Looks once.
   *
   * @return how many still wait
   */
  public int runOnce() {
    var current = Set.copyOf(watchers);
    if (!current.isEmpty()) {
      var seen = read(current.stream().map(Watcher::id).collect(toSet()));
      for (var watcher : current) {
        show(watcher, seen);
      }
    }
    return watchers.size();
  }

  private Map<UUID, Seen> read(Set<UUID> ids) {
    try {
      return read.apply(ids).stream().collect(toMap(Seen::id, Function.identity()));
    } catch (DataAccessException | TransactionException e) {
      log.warn("nothing could be looked at: {}", e.toString());
      return Map.of();
    }
  }

  private void show(Watcher watcher, Map<UUID, Seen> seen) {
    try {
      if (watcher.look(seen.get(watcher.id()))) {
        watchers.remove(watcher);
      }
    } catch (RuntimeException e) {
      log.warn("nobody follows {} any more", watcher.id(), e);
      watchers.remove(watcher);
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Comes before the web server stops, which would otherwise wait for those who wait. */
  @Override
  public void stop() {
    running = false;
    watchers.forEach(Watcher::end);
    watchers.clear();
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  public int waiting() {
    return watchers.size();
  }
}
