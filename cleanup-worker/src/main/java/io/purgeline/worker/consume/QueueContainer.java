package io.purgeline.worker.consume;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/**
 * Consumes one queue. While the broker is out of reach it does not even try to declare the queue
 * anew, which would be an error in the log for each consumer and each try; that it is out of reach
 * the consumer that begins next tells, to {@link ConsumerLog}.
 */
final class QueueContainer extends SimpleMessageListenerContainer {

  @Override
  protected void redeclareElementsIfNecessary() {
    if (isBrokerInReach()) {
      super.redeclareElementsIfNecessary();
    }
  }

  private boolean isBrokerInReach() {
    try {
      return getConnectionFactory().createConnection().isOpen(); // the one that all share
    } catch (AmqpException e) {
      return false;
    }
  }

  /** Makes them. */
  static final class Factory extends SimpleRabbitListenerContainerFactory {

    @Override
    protected SimpleMessageListenerContainer createContainerInstance() {
      return new QueueContainer();
    }
  }
}
