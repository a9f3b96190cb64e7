package io.purgeline.worker.consume;

import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.worker.purge.PurgeExecutor;
import io.purgeline.worker.purge.TaskRef;
import io.purgeline.worker.purge.UnreadableMessages;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;

/** Hands a message to the executor, or keeps it where nobody can read it. */
record PurgeMessages(PurgeExecutor executor, UnreadableMessages unreadable)
    implements Consumer<Message> {

  private static final Logger log = LoggerFactory.getLogger(PurgeMessages.class);

  @Override
  public void accept(Message message) {
    try {
      var request = PurgeRequest.parse(message.getBody());
      executor.execute(new TaskRef(request.taskId(), request.generation()));
    } catch (UnreadableMessageException e) {
      log.warn("unreadable message kept as a dead letter: {}", e.getMessage());
      RawMessages.hand(message, raw -> unreadable.keep(raw, e));
    }
  }
}
