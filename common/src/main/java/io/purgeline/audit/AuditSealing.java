package io.purgeline.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/** Runs the sealer twice a second, so that an entry is sealed within a second of its commit. */
final class AuditSealing {

  private static final Logger log = LoggerFactory.getLogger(AuditSealing.class);

  private final AuditSealer sealer;

  AuditSealing(AuditSealer sealer) {
    this.sealer = sealer;
  }

  @Scheduled(fixedDelay = 500)
  void run() {
    try {
      while (sealer.runOnce() > 0) {
        log.trace("sealed a batch");
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("nothing sealed this time: {}", e.toString());
    }
  }
}
