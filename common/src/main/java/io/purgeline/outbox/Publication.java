package io.purgeline.outbox;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CorrelationData;

/** A row on its way: sent, and not yet known to have arrived. */
record Publication(OutboxRow row, CorrelationData correlation) {

  /** What the broker said of it. */
  enum Answer {
    CONFIRMED,
    RETURNED,
    REJECTED,
    UNANSWERED
  }

  /**
   * Waits for the broker's word until the deadline. An unroutable message is confirmed as well:
   * what came back counts first.
   */
  Answer await(long deadlineNanos) throws InterruptedException {
    try {
      var left = Math.max(0, deadlineNanos - System.nanoTime());
      var confirm = correlation.getFuture().get(left, TimeUnit.NANOSECONDS);
      if (correlation.getReturned() != null) {
        return Answer.RETURNED;
      }
      return confirm.ack() ? Answer.CONFIRMED : Answer.REJECTED;
    } catch (TimeoutException e) {
      return Answer.UNANSWERED;
    } catch (ExecutionException e) {
      return Answer.REJECTED;
    }
  }
}
