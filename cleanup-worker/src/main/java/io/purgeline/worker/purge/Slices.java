package io.purgeline.worker.purge;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Measures out slices and keeps their leases alive. */
public final class Slices implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Slices.class);

  private final TaskClaims claims;
  private final Duration length;
  private final BooleanSupplier frozen;
  private final ScheduledExecutorService heartbeat =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("lease-renewal-", 0).daemon().factory());
  private volatile boolean stopping;

  /**
   * Slices of a length.
   *
   * @param frozen whether nothing may be purged at the moment
   */
  Slices(TaskClaims claims, Duration length, BooleanSupplier frozen) {
    this.claims = claims;
    this.length = length;
    this.frozen = frozen;
  }

  Slice begin(Lease lease) {
    return new Slice(
        lease, System.nanoTime() + length.toNanos(), () -> stopping || frozen.getAsBoolean());
  }

  /** Renews the lease, three times in its duration, until closed. */
  Renewal keepAlive(Lease lease) {
    var period = lease.duration().toMillis() / 3;
    return new Renewal(
        heartbeat.scheduleWithFixedDelay(
            () -> renew(lease), period, period, TimeUnit.MILLISECONDS));
  }

  private void renew(Lease lease) {
    try {
      claims.renew(lease);
    } catch (DataAccessException | TransactionException e) {
      log.warn("lease of task {} not renewed: {}", lease.taskId(), e.toString());
    }
  }

  /** Running slices hand back what they have not begun, as soon as they can. */
  public void stop() {
    stopping = true;
  }

  @Override
  public void close() {
    stop();
    heartbeat.shutdownNow();
  }

  /** The renewal of one lease. */
  record Renewal(Future<?> schedule) implements AutoCloseable {

    @Override
    public void close() {
      schedule.cancel(false);
    }
  }
}
