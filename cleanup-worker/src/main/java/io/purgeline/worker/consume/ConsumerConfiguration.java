package io.purgeline.worker.consume;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.freeze.FreezeWatch;
import io.purgeline.messaging.Topology;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.place.Gates;
import io.purgeline.worker.place.Places;
import io.purgeline.worker.purge.PurgeExecutor;
import io.purgeline.worker.purge.Reconciler;
import io.purgeline.worker.purge.Slices;
import io.purgeline.worker.purge.UnreadableMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.boot.amqp.autoconfigure.SimpleRabbitListenerContainerFactoryConfigurer;
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

  /** A dead letter of the broker that cannot be kept is tried again after this. */
  private static final Duration COMES_AGAIN_AFTER = Duration.ofSeconds(10);

  /** So many of them hold up none of those behind them. */
  private static final int MOST_KEPT = 50;

  /** With all that is configured for listeners. */
  @Bean
  SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(
      SimpleRabbitListenerContainerFactoryConfigurer configurer, ConnectionFactory connections) {
    var factory = new QueueContainer.Factory();
    configurer.configure(factory, connections);
    return factory;
  }

  @Bean
  Patience patience() {
    return new Patience();
  }

  @Bean
  ConsumerSupervisor consumerSupervisor(
      SimpleRabbitListenerContainerFactory containers,
      PurgelineProperties properties,
      Gates gates,
      Places places,
      Slices slices,
      Patience patience,
      PurgeExecutor executor,
      UnreadableMessages unreadable,
      Reconciler reconciler,
      FreezeWatch freeze) {
    var listener =
        new AcknowledgingListener(
            new PurgeMessages(executor, unreadable), patience, Refusal.TO_THE_DEAD_LETTERS);
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
    consumers.add(drain(containers, patience, new DeadLetterDrain(reconciler, unreadable)));
    return new ConsumerSupervisor(consumers, gates, places, slices, patience, properties.worker());
  }

  /** Of the broker's dead letters, behind which no other queue is: none may be lost here. */
  private static QueueConsumers drain(
      SimpleRabbitListenerContainerFactory containers, Patience patience, DeadLetterDrain drain) {
    var kept = new KeptInQueue(COMES_AGAIN_AFTER);
    var container = container(containers, Topology.DEAD_LETTERS);
    container.setConcurrentConsumers(1);
    container.setPrefetchCount(MOST_KEPT);
    container.setMessageListener(new AcknowledgingListener(drain, patience, kept));
    container.afterPropertiesSet();
    return new QueueConsumers(Topology.DEAD_LETTERS, container, () -> true);
  }

  private static QueueConsumers consumers(
      SimpleRabbitListenerContainerFactory containers,
      String queue,
      int count,
      ChannelAwareMessageListener listener,
      BooleanSupplier allowed) {
    var container = container(containers, queue);
    container.setConcurrentConsumers(count);
    container.setMessageListener(listener);
    container.afterPropertiesSet();
    return new QueueConsumers(queue, container, allowed);
  }

  private static SimpleMessageListenerContainer container(
      SimpleRabbitListenerContainerFactory containers, String queue) {
    SimpleMessageListenerContainer container = containers.createListenerContainer();
    container.setQueueNames(queue);
    container.setShutdownTimeout(SHUTDOWN.toMillis());
    // Platform threads: a purge blocks for long, and a stopping container must never starve its
    // own.
    container.setTaskExecutor(new SimpleAsyncTaskExecutor(queue + "-"));
    // No forced stop: it closes the channel first, and its consumers then spin until the time-out
    // for an answer that can't come. The one message that may be prefetched hands back at once.
    container.setForceStop(false);
    container.setMismatchedQueuesFatal(false);
    container.setAutoStartup(false);
    return container;
  }
}
