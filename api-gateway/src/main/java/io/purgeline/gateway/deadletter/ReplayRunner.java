package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.deadletter.ReplaySteps.Due;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Drives replays, in every gateway. Whoever locks the row of a replay drives it until the
 * transaction ends: a gateway that dies leaves nothing half done, and the next one goes on.
 */
@Component
public class ReplayRunner {

  private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

  /** More than one letter in so many failing again ends a replay. */
  private static final int MOST_FAILING = 10;

  private final TransactionOperations transactions;
  private final ReplaySteps steps;
  private final PutBack putBack;
  private final StoreOutages outages;

  ReplayRunner(
      TransactionOperations transactions,
      ReplaySteps steps,
      PutBack putBack,
      StoreOutages outages) {
    this.transactions = transactions;
    this.steps = steps;
    this.putBack = putBack;
    this.outages = outages;
  }

  @Scheduled(fixedDelay = 200)
  void run() {
    try {
      while (runOnce()) {
        log.trace("another part of a replay");
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("replays go on later: {}", e.toString());
    }
  }

  /**
   * Does the next part of one replay.
   *
   * @return whether anything was put back, or a step ended, so that there may be more at once
   */
  public boolean runOnce() {
    return Boolean.TRUE.equals(
        transactions.execute(tx -> steps.next().map(this::drive).orElse(false)));
  }

  private boolean drive(Due due) {
    var step = due.step();
    if (step.failed() * MOST_FAILING > step.size()) {
      steps.abort(
          due,
          "%d of %d failed again in step %d: %s"
              .formatted(step.failed(), step.taken(), step.number(), steps.failureOf(due)));
      return true;
    }
    var outage = outages.inTheWayOf(due.id(), step.number());
    if (outage.isPresent()) {
      steps.abort(due, outage.get());
      return true;
    }
    if (step.isSettled()) {
      steps.beginNext(due);
      return true;
    }
    var allowed = Math.min(step.allowed(due.ratePerSecond()), PutBack.MOST);
    return allowed > 0 && putBack.some(due.id(), step.number(), (int) allowed) > 0;
  }
}
