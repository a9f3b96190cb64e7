package io.purgeline.worker.consume;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.ConsumeOkEvent;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Tells in one line that a queue is no longer consumed, and why, and in one that it is again. The
 * containers themselves would write a stack trace for each consumer and each try; {@code
 * worker.yaml} lets them write errors only.
 */
@Component
final class ConsumerLog {

  private static final Logger log = LoggerFactory.getLogger(ConsumerLog.class);
  private static final String NO_BROKER = "the broker is out of reach";

  private final Map<String, String> failing = new ConcurrentHashMap<>();

  @EventListener
  void failed(ListenerContainerConsumerFailedEvent event) {
    if (event.getSource() instanceof AbstractMessageListenerContainer container) {
      List.of(container.getQueueNames()).forEach(queue -> failed(queue, event));
    }
  }

  private void failed(String queue, ListenerContainerConsumerFailedEvent event) {
    var cause = cause(event);
    if (cause.equals(failing.put(queue, cause))) {
      log.debug("{} is still not consumed: {}", queue, event.getThrowable());
    } else {
      log.warn("{} is not consumed, which is tried again until it works: {}", queue, cause);
    }
  }

  private static String cause(ListenerContainerConsumerFailedEvent event) {
    var thrown = event.getThrowable();
    if (thrown == null) {
      return String.valueOf(event.getReason());
    }
    return isOfConnection(thrown)
        ? NO_BROKER
        : NestedExceptionUtils.getMostSpecificCause(thrown).toString();
  }

  /** A shutdown of a channel alone is the broker's answer; everything else here is of the wire. */
  private static boolean isOfConnection(Throwable thrown) {
    var chain = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
    return chain.stream()
        .filter(ShutdownSignalException.class::isInstance)
        .map(ShutdownSignalException.class::cast)
        .map(ShutdownSignalException::isHardError)
        .findFirst()
        .orElseGet(() -> chain.stream().anyMatch(ConsumerLog::isOfWire));
  }

  private static boolean isOfWire(Throwable cause) {
    return cause instanceof AmqpConnectException
        || cause instanceof IOException
        || cause instanceof TimeoutException;
  }

  @EventListener
  void consumed(ConsumeOkEvent event) {
    if (failing.remove(event.getQueue()) != null) {
      log.info("{} is consumed again", event.getQueue());
    }
  }
}
