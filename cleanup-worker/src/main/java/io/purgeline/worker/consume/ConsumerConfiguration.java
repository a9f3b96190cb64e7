package io.purgeline.worker.consume;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.freeze.FreezeWatch;
import io.purgeline.messaging.Topology;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.place.Gates;
import io.purgeline.worker.purge.DeadLetters;
import io.purgeline.worker.purge.PurgeExecutor;
import io.purgeline.worker.purge.Reconciler;
import io.purgeline.worker.purge.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * A pair of consumers for every queue this worker serves, and one for the broker's dead letters.
 */
@Configuration(proxyBeanMethods = false)
public class ConsumerConfiguration {

  /** Running slices are handed back within this time when the process stops. */
  private static final Duration SHUTDOWN = Duration.ofSeconds(18);

  @Bean
  Patience patience() {
    return new Patience();
  }

  @Bean
  ConsumerSupervisor consumerSupervisor(
      SimpleRabbitListenerContainerFactory containers,
      PurgelineProperties properties,
      Gates gates,
      Slices slices,
      Patience patience,
      PurgeExecutor executor,
      DeadLetters deadLetters,
      Reconciler reconciler,
      FreezeWatch freeze) {
    var listener = new AcknowledgingListener(new PurgeMessages(executor, deadLetters), patience);
    var perQueue = properties.worker().consumers();
    var consumers = new ArrayList<QueueConsumers>();
    for (var gate : gates.all()) {
      BooleanSupplier allowed = () -> gate.isUp() && !freeze.isFrozen();
      consumers.add(consumers(containers, gate.queue().name(), perQueue, listener, allowed));
      consumers.add(
          consumers(containers, gate.queue().large().name(), perQueue, listener, allowed));
    }
    BooleanSupplier thawed = () -> !freeze.isFrozen();
    var records = WorkQueue.RECORDS;
    consumers.add(consumers(containers, records.name(), 1, listener, thawed));
    consumers.add(consumers(containers, records.large().name(), 1, listener, thawed));
    var drain = new AcknowledgingListener(new DeadLetterDrain(reconciler, deadLetters), patience);
    consumers.add(consumers(containers, Topology.DEAD_LETTERS, 1, drain, () -> true));
    return new ConsumerSupervisor(consumers, gates, slices, patience, properties.worker());
  }

  private static QueueConsumers consumers(
      SimpleRabbitListenerContainerFactory containers,
      String queue,
      int count,
      ChannelAwareMessageListener listener,
      BooleanSupplier allowed) {
    SimpleMessageListenerContainer container = containers.createListenerContainer();
    container.setQueueNames(queue);
    container.setConcurrentConsumers(count);
    container.setMessageListener(listener);
    container.setShutdownTimeout(SHUTDOWN.toMillis());
    // Platform threads: a purge blocks for long, and a stopping container must never starve its
    // own.
    container.setTaskExecutor(new SimpleAsyncTaskExecutor(queue + "-"));
    // No forced stop: it closes the channel first, and its consumers then spin until the time-out
    // for an answer that can't come. The one message that may be prefetched hands back at once.
    container.setForceStop(false);
    container.setMismatchedQueuesFatal(false);
    container.setAutoStartup(false);
    container.afterPropertiesSet();
    return new QueueConsumers(queue, container, allowed);
  }
}
