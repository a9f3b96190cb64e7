package io.purgeline.gateway.deletion;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Lets deletions whose snooze is over count as late again. */
@Component
class SnoozeEnds {

  private static final Logger log = LoggerFactory.getLogger(SnoozeEnds.class);

  private final JdbcClient jdbc;

  SnoozeEnds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Scheduled(fixedDelay = 5_000)
  void run() {
    try {
      runOnce();
    } catch (DataAccessException | TransactionException e) {
      log.warn("snoozed deletions wake up later: {}", e.toString());
    }
  }

  /** The next ten thousand of them. */
  void runOnce() {
    jdbc.sql(
            """
            update deletion set snoozed_until = null
            where id in (select id from deletion
                         where state in ('SCHEDULED', 'PURGING', 'DEAD') and snoozed_until <= clock_timestamp()
                         limit 10000 for update skip locked)
            """)
        .update();
  }
}
