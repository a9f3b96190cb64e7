package io.purgeline.outbox;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory.DefaultChannelCloseLogger;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.RabbitUtils;
import org.springframework.amqp.rabbit.core.DeclarationExceptionEvent;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.context.event.EventListener;

/**
 * Says in one sentence, once, when an exchange or queue exists with other arguments. The rest is
 * declared all the same, and the one that exists is used as it is: it is never deleted by itself,
 * because messages may be in it.
 */
final class DeclarationProblems {

  private static final Logger log = LoggerFactory.getLogger(DeclarationProblems.class);

  /** Every connection declares everything again; nobody needs to read the same again. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  DeclarationProblems(AmqpAdmin admin, CachingConnectionFactory connections) {
    if (admin instanceof RabbitAdmin rabbit) {
      rabbit.setIgnoreDeclarationExceptions(true);
    }
    connections.setCloseExceptionLogger(new WithoutDeclarations());
  }

  @EventListener
  void failed(DeclarationExceptionEvent event) {
    var name = name(Objects.requireNonNull(event.getDeclarable()));
    var reason = rootMessage(event.getThrowable());
    if (!told.add(name + reason)) {
      return;
    }
    if (isDeclaredOtherwise(event.getThrowable())) {
      log.error(
          "{} exists on the broker with other arguments than ours: let it run empty, delete it and"
              + " restart, so that it is declared anew ({})",
          name,
          reason);
    } else {
      log.error("{} could not be declared: {}", name, reason);
    }
  }

  private static boolean isDeclaredOtherwise(@Nullable Throwable thrown) {
    return thrown instanceof Exception e
        && (RabbitUtils.isMismatchedQueueArgs(e) || RabbitUtils.isExchangeDeclarationFailure(e));
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

  /** The refused declaration closes its channel, which is no second problem. */
  private static final class WithoutDeclarations extends DefaultChannelCloseLogger {

    @Override
    public void log(Log logger, String message, @Nullable Throwable cause) {
      if (!isDeclaredOtherwise(cause)) {
        super.log(logger, message, cause);
      }
    }
  }
}
