package io.purgeline.worker.consume;

import com.rabbitmq.client.Channel;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.worker.purge.DeadLetters;
import io.purgeline.worker.purge.PurgeExecutor;
import io.purgeline.worker.purge.TaskRef;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/**
 * Hands messages to the executor and acknowledges them when their outcome is in the database. Never requeues to try again: an outcome
 * that wants another try writes a new message.
 */
final class PurgeMessageListener implements ChannelAwareMessageListener {

  private static final Logger log = LoggerFactory.getLogger(PurgeMessageListener.class);

  private final PurgeExecutor executor;
  private final DeadLetters deadLetters;
  private final Patience patience;

  PurgeMessageListener(PurgeExecutor executor, DeadLetters deadLetters, Patience patience) {
    this.executor = executor;
    this.deadLetters = deadLetters;
    this.patience = patience;
  }

  @Override
  public void onMessage(Message message, Channel channel) throws IOException {
    var tag = message.getMessageProperties().getDeliveryTag();
    if (patience.whileDatabaseIsAway(() -> handle(message))) {
      channel.basicAck(tag, false);
    } else {
      channel.basicNack(tag, false, true); // shutting down, or away for very long
    }
  }

  private void handle(Message message) {
    try {
      var request = PurgeRequest.parse(message.getBody());
      executor.execute(new TaskRef(request.taskId(), request.generation()));
    } catch (UnreadableMessageException e) {
      log.warn("unreadable message kept as a dead letter: {}", e.getMessage());
      deadLetters.keepUnreadable(
          message.getBody(), String.valueOf(e.getMessage()), Headers.json(message));
    }
  }
}
