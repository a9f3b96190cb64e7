package io.purgeline.worker.consume;

import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.worker.purge.DeadLetters;
import io.purgeline.worker.purge.Reconciler;
import io.purgeline.worker.purge.TaskRef;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;

/** Empties the broker's own dead-letter queue at once: browsing one can delete what is in it. */
record DeadLetterDrain(Reconciler reconciler, DeadLetters deadLetters)
    implements Consumer<Message> {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterDrain.class);

  @Override
  public void accept(Message message) {
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
