package io.purgeline.worker.consume;

import com.rabbitmq.client.Channel;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.worker.purge.DeadLetters;
import io.purgeline.worker.purge.Reconciler;
import io.purgeline.worker.purge.TaskRef;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/** Empties the broker's own dead-letter queue at once: browsing one can delete what is in it. */
final class DeadLetterDrain implements ChannelAwareMessageListener {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterDrain.class);

  private final Reconciler reconciler;
  private final DeadLetters deadLetters;
  private final Patience patience;

  DeadLetterDrain(Reconciler reconciler, DeadLetters deadLetters, Patience patience) {
    this.reconciler = reconciler;
    this.deadLetters = deadLetters;
    this.patience = patience;
  }

  @Override
  public void onMessage(Message message, Channel channel) throws IOException {
    var tag = message.getMessageProperties().getDeliveryTag();
    if (patience.whileDatabaseIsAway(() -> drain(message))) {
      channel.basicAck(tag, false);
    } else {
      channel.basicNack(tag, false, true);
    }
  }

  private void drain(Message message) {
    try {
      var request = PurgeRequest.parse(message.getBody());
      var ref = new TaskRef(request.taskId(), request.generation());
      if (!reconciler.brokerGaveUp(ref)) {
        log.info("the broker gave up a message that no task waits for: {}", ref);
      }
    } catch (UnreadableMessageException e) {
      deadLetters.keepUnreadable(
          message.getBody(), String.valueOf(e.getMessage()), Headers.json(message));
    }
  }
}
