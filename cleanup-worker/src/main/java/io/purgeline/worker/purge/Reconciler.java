package io.purgeline.worker.purge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds tasks that nobody holds any more, because their worker or their message was lost, and gives
 * them a new message under the next generation. This, not the broker, is why nothing deleted is
 * ever forgotten. Any number may run at once.
 */
public final class Reconciler {

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private final LostLeases leases;
  private final LostMessages messages;
  private final Counter reconciled;

  Reconciler(LostLeases leases, LostMessages messages, MeterRegistry registry) {
    this.leases = leases;
    this.messages = messages;
    this.reconciled =
        Counter.builder("purgeline.reconciled")
            .description("Tasks that had lost their worker or their message and were taken up")
            .register(registry);
  }

  /** One look at everything. */
  public Report runOnce() {
    var recovered = leases.recover();
    var report = new Report(recovered.requested(), recovered.dead(), messages.recover());
    if (report.total() > 0) {
      reconciled.increment(report.total());
      log.warn("reconciled: {}", report);
    }
    return report;
  }

  /**
   * A message the broker gave up on. If it is still the task's newest and no worker holds the task,
   * it was lost like any other; only after several times is the task itself to blame.
   *
   * @param message the message itself, which is kept if that is so
   * @return whether the message concerned a task that waits for it
   */
  public boolean brokerGaveUp(TaskRef ref, RawMessage message) {
    var waited = messages.brokerGaveUp(ref, message);
    if (waited) {
      reconciled.increment();
    }
    return waited;
  }

  /** What one run found. */
  public record Report(int leases, int crashLoops, int messages) {

    int total() {
      return leases + crashLoops + messages;
    }
  }
}
