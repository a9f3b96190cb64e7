package io.purgeline.worker.place;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store or root can be worked on. Opened by a purge that found the whole of it down,
 * closed by a probe that finds it back: with consuming paused no call would ever tell.
 */
public final class StoreGate {

  private static final Logger log = LoggerFactory.getLogger(StoreGate.class);

  private final WorkQueue queue;
  private final CircuitBreaker breaker;
  private final Runnable probe;

  StoreGate(WorkQueue queue, CircuitBreaker breaker, Runnable probe) {
    this.queue = queue;
    this.breaker = breaker;
    this.probe = probe;
  }

  /** The queue whose consumers it stops; its large twin goes with it. */
  public WorkQueue queue() {
    return queue;
  }

  /** Whether the store is up, as far as is known. */
  public boolean isUp() {
    return breaker.getState() == CircuitBreaker.State.CLOSED;
  }

  /**
   * Looks whether the store is there; if not, it counts as down from now on.
   *
   * @return whether it is there
   */
  public boolean check() {
    try {
      probe.run();
      if (!isUp()) {
        log.info("{} is back: {} is consumed again", breaker.getName(), queue.name());
        breaker.transitionToClosedState();
      }
      return true;
    } catch (StoreUnavailableException | RefusedException e) {
      if (isUp()) {
        log.warn(
            "{} is down, {} is not consumed: {}", breaker.getName(), queue.name(), e.getMessage());
        breaker.transitionToForcedOpenState();
      }
      return false;
    }
  }
}
