package io.purgeline.worker.consume;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** The consumers of one queue, running only while they may. */
final class QueueConsumers {

  private static final Logger log = LoggerFactory.getLogger(QueueConsumers.class);

  private final String queue;
  private final SimpleMessageListenerContainer container;
  private final BooleanSupplier allowed;
  private final AtomicBoolean changing = new AtomicBoolean();

  QueueConsumers(String queue, SimpleMessageListenerContainer container, BooleanSupplier allowed) {
    this.queue = queue;
    this.container = container;
    this.allowed = allowed;
  }

  /** Starts or stops consuming if that is due; never waits for a running purge. */
  void adjust() {
    var should = allowed.getAsBoolean();
    if (container.isRunning() != should && changing.compareAndSet(false, true)) {
      Thread.ofPlatform()
          .name("consumers-" + queue)
          .daemon()
          .start(should ? this::start : this::stop);
    }
  }

  private void start() {
    try {
      container.start();
    } catch (RuntimeException e) {
      log.warn("{} is not consumed yet: {}", queue, e.toString());
    } finally {
      changing.set(false);
    }
  }

  /** Ends after the deliveries at hand have handed back. */
  void stop() {
    try {
      container.stop();
    } finally {
      changing.set(false);
    }
  }

  boolean isRunning() {
    return container.isRunning();
  }
}
