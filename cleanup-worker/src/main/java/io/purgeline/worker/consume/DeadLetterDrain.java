package io.purgeline.worker.consume;

import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.worker.purge.RawMessage;
import io.purgeline.worker.purge.Reconciler;
import io.purgeline.worker.purge.TaskRef;
import io.purgeline.worker.purge.UnreadableMessages;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;

/** Empties the broker's own dead-letter queue at once: browsing one can delete what is in it. */
record DeadLetterDrain(Reconciler reconciler, UnreadableMessages unreadable)
    implements Consumer<Message> {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterDrain.class);

  @Override
  public void accept(Message message) {
    try {
      var request = PurgeRequest.parse(message.getBody());
      var ref = new TaskRef(request.taskId(), request.generation());
      RawMessages.hand(message, raw -> recover(ref, raw));
    } catch (UnreadableMessageException e) {
      RawMessages.hand(message, raw -> unreadable.keep(raw, e));
    }
  }

  private void recover(TaskRef ref, RawMessage message) {
    if (!reconciler.brokerGaveUp(ref, message)) {
      log.info("the broker gave up a message that no task waits for: {}", ref);
    }
  }
}
