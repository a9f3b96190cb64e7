package io.purgeline.worker.consume;

import io.purgeline.database.DatabaseFailures;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Holds a message while the database is away: giving it back would only make it come again at once,
 * until the broker gives it up.
 */
final class Patience {

  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private boolean stopping;

  /**
   * Runs the work, again and again while the database cannot be asked.
   *
   * @return whether it was done; false when the process stops or after ten minutes
   */
  boolean whileDatabaseIsAway(Runnable work) {
    var deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      try {
        work.run();
        return true;
      } catch (DataAccessException | TransactionException e) {
        if (!DatabaseFailures.mayPass(e)) {
          throw e; // it would fail for ever, and hold up whatever is behind it
        }
        log.warn("the message is kept until the database answers: {}", e.toString());
        if (System.nanoTime() > deadline || pauseWasCutShort()) {
          return false;
        }
      }
    }
  }

  private boolean pauseWasCutShort() {
    lock.lock();
    try {
      var left = PAUSE.toNanos();
      while (!stopping && left > 0) {
        left = stopped.awaitNanos(left);
      }
      return stopping;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopping = true;
      stopped.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
