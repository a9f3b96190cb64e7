package io.purgeline.worker.consume;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  /** A consumer may still fail of what others of its queue have got over. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Map<String, Interruption> interrupted = new ConcurrentHashMap<>();

  @EventListener
  void failed(ListenerContainerConsumerFailedEvent event) {
    if (event.getSource() instanceof AbstractMessageListenerContainer container) {
      List.of(container.getQueueNames()).forEach(queue -> failed(queue, event));
    }
  }

  private void failed(String queue, ListenerContainerConsumerFailedEvent event) {
    var cause = cause(event);
    if (known(queue, cause)) {
      log.debug("{} is still not consumed: {}", queue, cause);
    } else {
      log.warn("{} is not consumed, which is tried again until it works: {}", queue, cause);
    }
  }

  private boolean known(String queue, String cause) {
    var known = new AtomicBoolean();
    var now = System.nanoTime();
    interrupted.compute(
        queue,
        (_, last) -> {
          known.set(last != null && last.explains(cause, now));
          return last != null && known.get() ? last : new Interruption(cause, null);
        });
    return known.get();
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
    var ended = new AtomicBoolean();
    var now = System.nanoTime();
    interrupted.computeIfPresent(
        event.getQueue(),
        (_, last) -> {
          ended.set(last.endedNanos() == null);
          return ended.get() ? new Interruption(last.cause(), now) : last;
        });
    if (ended.get()) {
      log.info("{} is consumed again", event.getQueue());
    }
  }

  /**
   * Why a queue was not consumed.
   *
   * @param endedNanos since when it is again, null if it is not
   */
  private record Interruption(String cause, @Nullable Long endedNanos) {

    boolean explains(String other, long now) {
      return cause.equals(other) && (endedNanos == null || now - endedNanos < LATE_NANOS);
    }
  }
}
