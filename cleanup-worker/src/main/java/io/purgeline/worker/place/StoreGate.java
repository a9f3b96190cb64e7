package io.purgeline.worker.place;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.function.ToDoubleFunction;
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
  private final Runnable look;
  private final OutageReports reports;
  private volatile boolean looked;

  /**
   * A gate that is open.
   *
   * @param probe throws while the store as a whole is out of reach
   * @param look looks at all that is in it, whether it is out of reach or not
   */
  StoreGate(
      WorkQueue queue,
      CircuitBreaker breaker,
      Runnable probe,
      Runnable look,
      OutageReports reports) {
    this.queue = queue;
    this.breaker = breaker;
    this.probe = probe;
    this.look = look;
    this.reports = reports;
  }

  /** The queue whose consumers it stops; its large twin goes with it. */
  public WorkQueue queue() {
    return queue;
  }

  /** Whether the store is up, as far as is known. */
  public boolean isUp() {
    return breaker.getState() == CircuitBreaker.State.CLOSED;
  }

  /** {@code purgeline_store_breaker_state{store,state}}: 1 for the state it is in. */
  void bindTo(MeterRegistry registry) {
    state(registry, "closed", gate -> gate.isUp() ? 1 : 0);
    state(registry, "open", gate -> gate.isUp() ? 0 : 1);
  }

  private void state(MeterRegistry registry, String state, ToDoubleFunction<StoreGate> value) {
    Gauge.builder("purgeline.store.breaker.state", this, value)
        .description("Whether this worker works on the store (closed) or waits for it (open)")
        .tag("store", queue.store())
        .tag("state", state)
        .register(registry);
  }

  /**
   * Looks whether the store is there, and, until that was done once, at all that is in it. Meant to
   * be called again and again.
   */
  public void probe() {
    if ((!isUp() || !looked) && check() && !looked) {
      lookAtAll();
    }
  }

  /** Whether all that is in it was looked at, so that a place with two names is known. */
  public boolean hasLooked() {
    return looked;
  }

  private void lookAtAll() {
    look.run();
    looked = true;
  }

  /**
   * Looks whether the store is there; if not, it counts as down from now on. A new problem is
   * reported at once; {@link OutageWatch} repeats the report until it is back.
   *
   * @return whether it is there
   */
  public boolean check() {
    try {
      probe.run();
    } catch (StoreUnavailableException | RefusedException e) {
      close(String.valueOf(e.getMessage()));
      return false;
    }
    open();
    return true;
  }

  private void open() {
    if (!isUp()) {
      log.info("{} is back: {} is consumed again", breaker.getName(), queue.name());
      breaker.transitionToClosedState();
      reports.end(queue);
      lookAtAll();
    }
  }

  private void close(String problem) {
    if (isUp()) {
      log.warn("{} is down, {} is not consumed: {}", breaker.getName(), queue.name(), problem);
      breaker.transitionToForcedOpenState();
    }
    reports.tell(queue, problem);
  }
}
