package io.purgeline.gateway.deletion;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks after the deletions that somebody waits for: one statement for all of them, five times a
 * second, and none while nobody waits. Waiting costs an entry in a set; no thread, no connection.
 */
@Component
final class DeletionWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DeletionWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Sightings sightings;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("deletion-watch").daemon().factory());
  private volatile boolean running;

  DeletionWatch(Sightings sightings) {
    this.sightings = sightings;
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
    if (running) {
      schedule(Duration.ZERO);
    } else {
      watcher.end();
    }
  }

  void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  private void schedule(Duration delay) {
    if (scheduled.compareAndSet(false, true)) {
      timer.schedule(this::tick, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    try {
      runOnce();
    } finally {
      scheduled.set(false);
      if (!watchers.isEmpty()) {
        schedule(INTERVAL);
      }
    }
  }

  /**
   * Looks once.
   *
   * @return how many still wait
   */
  int runOnce() {
    var current = Set.copyOf(watchers);
    if (!current.isEmpty()) {
      var seen = read(current.stream().map(Watcher::deletionId).collect(toSet()));
      for (var watcher : current) {
        show(watcher, seen);
      }
    }
    return watchers.size();
  }

  private Map<UUID, Sighting> read(Set<UUID> ids) {
    try {
      return sightings.of(ids).stream().collect(toMap(Sighting::id, Function.identity()));
    } catch (DataAccessException | TransactionException e) {
      log.warn("deletions could not be looked at: {}", e.toString());
      return Map.of();
    }
  }

  private void show(Watcher watcher, Map<UUID, Sighting> seen) {
    try {
      if (watcher.look(seen.get(watcher.deletionId()))) {
        watchers.remove(watcher);
      }
    } catch (RuntimeException e) {
      log.warn("nobody follows deletion {} any more", watcher.deletionId(), e);
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
  public boolean isRunning() {
    return running;
  }

  int waiting() {
    return watchers.size();
  }
}
