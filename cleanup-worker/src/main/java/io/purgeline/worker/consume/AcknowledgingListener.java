package io.purgeline.worker.consume;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/**
 * Acknowledges a message once what it led to is in the database. Never requeues to try again: an
 * outcome that wants another try writes a new message.
 */
final class AcknowledgingListener implements ChannelAwareMessageListener {

  private static final Logger log = LoggerFactory.getLogger(AcknowledgingListener.class);

  private final Consumer<Message> handler;
  private final Patience patience;
  private final Refusal refusal;

  /**
   * A listener.
   *
   * @param refusal what becomes of a message that the handler throws at
   */
  AcknowledgingListener(Consumer<Message> handler, Patience patience, Refusal refusal) {
    this.handler = handler;
    this.patience = patience;
    this.refusal = refusal;
  }

  @Override
  public void onMessage(Message message, @Nullable Channel nullableChannel) throws IOException {
    var channel = Objects.requireNonNull(nullableChannel);
    var tag = message.getMessageProperties().getDeliveryTag();
    switch (handle(message)) {
      case DONE -> channel.basicAck(tag, false);
      case LATER -> channel.basicNack(tag, false, true);
      case REFUSED -> refusal.refuse(channel, tag);
    }
  }

  private Answer handle(Message message) {
    try {
      var done = patience.whileDatabaseIsAway(() -> handler.accept(message));
      return done ? Answer.DONE : Answer.LATER;
    } catch (RuntimeException e) {
      log.error("a message could not be handled", e);
      return Answer.REFUSED;
    }
  }

  private enum Answer {
    DONE,
    /** The process is stopping, or the database was away for very long. */
    LATER,
    /** An error of the program: without an answer the message would block its consumer. */
    REFUSED
  }
}
