package io.purgeline.worker.purge;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.outbox.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the reconciler together. */
@Configuration(proxyBeanMethods = false)
class ReconcilerConfiguration {

  @Bean
  LostTasks lostTasks(TransactionOperations transactions, JdbcClient jdbc) {
    return new LostTasks(transactions, jdbc);
  }

  @Bean
  Recovery recovery(
      JdbcClient jdbc, Outbox outbox, DeadLetters deadLetters, DeletionProgress progress) {
    return new Recovery(jdbc, outbox, deadLetters, progress);
  }

  @Bean
  LostLeases lostLeases(
      JdbcClient jdbc, LostTasks tasks, Recovery recovery, PurgelineProperties properties) {
    return new LostLeases(jdbc, tasks, recovery, properties.worker().requestTimeout());
  }

  @Bean
  LostMessages lostMessages(
      TransactionOperations transactions,
      JdbcClient jdbc,
      LostTasks tasks,
      Recovery recovery,
      LostMessages.Settings settings) {
    return new LostMessages(transactions, jdbc, tasks, recovery, settings);
  }

  @Bean
  LostMessages.Settings lostMessagesSettings(PurgelineProperties properties, QueueDepth depth) {
    return new LostMessages.Settings(properties.worker().lostAfter(), depth);
  }

  @Bean
  Reconciler reconciler(LostLeases leases, LostMessages messages, MeterRegistry registry) {
    return new Reconciler(leases, messages, registry);
  }
}
