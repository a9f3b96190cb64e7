package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.deadletter.ReplaySteps.Due;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Drives replays, in every gateway. Whoever locks the row of a replay drives it until the
 * transaction ends: a gateway that dies leaves nothing half done, and the next one goes on. A
 * replay that cannot go on holds up no other.
 */
@Component
class ReplayRunner {

  private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

  /** More than one letter in so many failing again ends a replay. */
  private static final int MOST_FAILING = 10;

  private final TransactionOperations transactions;
  private final ReplaySteps steps;
  private final PutBack putBack;
  private final StoreOutages outages;
  private final ReplayEnd end;

  ReplayRunner(
      TransactionOperations transactions,
      ReplaySteps steps,
      PutBack putBack,
      StoreOutages outages,
      ReplayEnd end) {
    this.transactions = transactions;
    this.steps = steps;
    this.putBack = putBack;
    this.outages = outages;
    this.end = end;
  }

  @Scheduled(fixedDelay = 200)
  void run() {
    while (runOnce()) {
      log.trace("another part of a replay");
    }
  }

  /**
   * Does the next part of each replay that nobody else drives.
   *
   * @return whether anything was put back, or a step ended, so that there may be more at once
   */
  boolean runOnce() {
    var more = false;
    for (var id : due()) {
      more |= runOnce(id);
    }
    return more;
  }

  private List<UUID> due() {
    try {
      return steps.due();
    } catch (DataAccessException | TransactionException e) {
      log.warn("replays go on later: {}", e.toString());
      return List.of();
    }
  }

  private boolean runOnce(UUID id) {
    try {
      return Boolean.TRUE.equals(
          transactions.execute(tx -> steps.take(id).map(this::drive).orElse(false)));
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("replay_id", id)
          .log("replay {} goes on later: {}", id, e.toString());
      return false;
    }
  }

  private boolean drive(Due due) {
    if (due.state() != ReplayState.RUNNING) {
      return false;
    }
    var step = due.step();
    if (step.failed() * MOST_FAILING > step.size()) {
      end.abort(
          due.id(),
          "%d of %d failed again in step %d: %s"
              .formatted(step.failed(), step.taken(), step.number(), steps.failureOf(due)));
      return true;
    }
    var outage = outages.inTheWayOf(due.id());
    if (outage.isPresent()) {
      end.abort(due.id(), outage.get());
      return true;
    }
    return step.isSettled() ? goOn(due) : putBack(due);
  }

  private boolean goOn(Due due) {
    if (due.remaining() == 0) {
      end.finish(due.id());
    } else {
      steps.begin(due);
    }
    return true;
  }

  private boolean putBack(Due due) {
    var allowed = Math.min(due.step().allowed(due.ratePerSecond()), PutBack.MOST);
    return allowed > 0 && putBack.some(due, (int) allowed);
  }
}
