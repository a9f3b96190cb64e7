package io.purgeline.worker.consume;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** The consumers of one queue, running only while they may. */
final class QueueConsumers {

  private static final Logger log = LoggerFactory.getLogger(QueueConsumers.class);

  /** What consumers may take to begin while the broker answers. */
  private static final long BEGIN_SECONDS = 5;

  private final String queue;
  private final SimpleMessageListenerContainer container;
  private final BooleanSupplier allowed;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile boolean closed;

  QueueConsumers(String queue, SimpleMessageListenerContainer container, BooleanSupplier allowed) {
    this.queue = queue;
    this.container = container;
    this.allowed = allowed;
  }

  /** Starts or stops consuming if that is due; never waits for a running purge. */
  void adjust() {
    var should = allowed.getAsBoolean();
    if (container.isRunning() != should && !changing.isLocked()) {
      Thread.ofPlatform()
          .name("consumers-" + queue)
          .daemon()
          .start(should ? this::start : this::pause);
    }
  }

  private void start() {
    if (closed || !changing.tryLock()) {
      return;
    }
    try {
      container.start();
    } catch (RuntimeException e) {
      log.warn("{} is not consumed yet: {}", queue, e.toString());
    } finally {
      changing.unlock();
    }
  }

  private void pause() {
    if (changing.tryLock()) {
      try {
        container.stop();
      } finally {
        changing.unlock();
      }
    }
  }

  /** Ends for good, after the deliveries at hand have handed back. */
  void close() {
    closed = true;
    // Consumers that are cancelled while they begin never learn of it, so they may begin first.
    var alone = awaitChange();
    try {
      container.stop();
    } finally {
      if (alone) {
        changing.unlock();
      }
    }
  }

  private boolean awaitChange() {
    try {
      return changing.tryLock(BEGIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean isRunning() {
    return container.isRunning();
  }
}
