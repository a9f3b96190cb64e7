package io.purgeline.freeze;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows, without asking the database at every step, whether purging is frozen. What it says is at
 * most a second and a half old, so that an order is obeyed within two seconds; where nothing newer
 * is known, purging counts as frozen.
 */
public final class FreezeWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FreezeWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration TRUSTED = Duration.ofMillis(1_500);

  private final FreezeSwitch freeze;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("freeze-watch").daemon().factory());
  private volatile Reading last;

  public FreezeWatch(FreezeSwitch freeze) {
    this.freeze = freeze;
    this.last = new Reading(true, System.nanoTime());
    timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether nothing may be purged now. */
  public boolean isFrozen() {
    var reading = last;
    return reading.frozen() || System.nanoTime() - reading.atNanos() > TRUSTED.toNanos();
  }

  private void look() {
    var asked = System.nanoTime();
    try {
      last = new Reading(freeze.current().isPresent(), asked);
    } catch (RuntimeException e) { // a timer that throws is never run again
      log.debug("not known whether purging is frozen", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private record Reading(boolean frozen, long atNanos) {}
}
