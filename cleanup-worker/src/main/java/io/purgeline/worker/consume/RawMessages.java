package io.purgeline.worker.consume;

import io.purgeline.database.DatabaseFailures;
import io.purgeline.worker.purge.RawMessage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;

/** Hands messages to where they are kept as they came. */
final class RawMessages {

  private static final Logger log = LoggerFactory.getLogger(RawMessages.class);

  private RawMessages() {}

  /** With its headers; if it cannot be kept with them, without. */
  static void hand(Message message, Consumer<RawMessage> to) {
    try {
      to.accept(raw(message, Headers.json(message)));
    } catch (RuntimeException e) {
      if (DatabaseFailures.mayPass(e)) {
        throw e;
      }
      log.warn("a message is kept without its headers, which cannot be: {}", e.toString());
      to.accept(raw(message, null));
    }
  }

  private static RawMessage raw(Message message, @Nullable String headers) {
    var properties = message.getMessageProperties();
    return new RawMessage(
        message.getBody(),
        headers,
        properties.getMessageId(),
        Boolean.TRUE.equals(properties.getRedelivered()));
  }
}
