package io.purgeline.outbox;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.core.DeclarationExceptionEvent;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.context.event.EventListener;

/**
 * Says in one sentence when an exchange or queue exists with other arguments. The rest is declared
 * all the same, and the one that exists is used as it is: it is never deleted by itself, because
 * messages may be in it.
 */
final class DeclarationProblems {

  private static final Logger log = LoggerFactory.getLogger(DeclarationProblems.class);

  DeclarationProblems(AmqpAdmin admin) {
    if (admin instanceof RabbitAdmin rabbit) {
      rabbit.setIgnoreDeclarationExceptions(true);
    }
  }

  @EventListener
  void failed(DeclarationExceptionEvent event) {
    log.error(
        "{} exists on the broker with other arguments than ours: let it run empty, delete it and"
            + " restart, so that it is declared anew ({})",
        name(Objects.requireNonNull(event.getDeclarable())),
        rootMessage(event.getThrowable()));
  }

  private static String name(Declarable declarable) {
    return switch (declarable) {
      case Queue queue -> "Queue " + queue.getName();
      case Exchange exchange -> "Exchange " + exchange.getName();
      default -> String.valueOf(declarable);
    };
  }

  private static String rootMessage(Throwable thrown) {
    var root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
