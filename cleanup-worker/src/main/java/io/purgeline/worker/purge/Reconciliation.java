package io.purgeline.worker.purge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Runs the reconciler again and again. */
@Component
final class Reconciliation {

  private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

  private final Reconciler reconciler;

  Reconciliation(Reconciler reconciler) {
    this.reconciler = reconciler;
  }

  @Scheduled(fixedDelayString = "${purgeline.worker.reconcile-interval:5s}")
  void run() {
    try {
      reconciler.runOnce();
    } catch (DataAccessException | TransactionException e) {
      log.warn("nothing reconciled this time: {}", e.toString());
    }
  }
}
