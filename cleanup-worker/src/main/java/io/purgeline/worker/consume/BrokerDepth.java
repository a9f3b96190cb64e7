package io.purgeline.worker.consume;

import io.purgeline.worker.purge.QueueDepth;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;

/** Asks the broker by a passive declaration. */
record BrokerDepth(AmqpAdmin admin) implements QueueDepth {

  @Override
  public @Nullable Long of(String queue) {
    try {
      var found = admin.getQueueInfo(queue);
      return found == null ? 0L : (long) found.getMessageCount();
    } catch (AmqpException e) {
      return null;
    }
  }
}
