package io.purgeline.worker.place;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Repeats what this worker reported as out of reach, often enough for those who believe a report
 * for a minute, and looks whether buckets are back that no purge asks for at the moment. Each on a
 * thread of its own: a store that hangs must not let a report grow old.
 */
final class OutageWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutageWatch.class);
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(15);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final OutageReports reports;
  private final Places places;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("outage-watch-", 0).daemon().factory());
  private volatile boolean running;

  OutageWatch(OutageReports reports, Places places) {
    this.reports = reports;
    this.places = places;
  }

  @Override
  public void start() {
    running = true;
    every(REPORT_INTERVAL, reports::repeat);
    every(LOOK_INTERVAL, places::lookForAbsentBuckets);
  }

  /** A timer that throws is never run again. */
  private void every(Duration interval, Runnable work) {
    Runnable quiet =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            log.debug("tried again soon: {}", e.toString());
          }
        };
    var millis = interval.toMillis();
    var unused = timer.scheduleWithFixedDelay(quiet, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
