package io.purgeline.worker.consume;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/**
 * Acknowledges a message once what it led to is in the database. Never requeues to try again: an
 * outcome that wants another try writes a new message.
 */
final class AcknowledgingListener implements ChannelAwareMessageListener {

  private final Consumer<Message> handler;
  private final Patience patience;

  AcknowledgingListener(Consumer<Message> handler, Patience patience) {
    this.handler = handler;
    this.patience = patience;
  }

  @Override
  public void onMessage(Message message, @Nullable Channel nullableChannel) throws IOException {
    var channel = Objects.requireNonNull(nullableChannel);
    var tag = message.getMessageProperties().getDeliveryTag();
    if (patience.whileDatabaseIsAway(() -> handler.accept(message))) {
      channel.basicAck(tag, false);
    } else {
      channel.basicNack(tag, false, true); // shutting down, or away for very long
    }
  }
}
