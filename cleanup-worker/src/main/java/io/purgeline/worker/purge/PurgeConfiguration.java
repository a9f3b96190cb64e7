package io.purgeline.worker.purge;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.freeze.FreezeSwitch;
import io.purgeline.freeze.FreezeWatch;
import io.purgeline.outbox.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the executor together. */
@Configuration(proxyBeanMethods = false)
public class PurgeConfiguration {

  @Bean
  WorkerName workerName() {
    return WorkerName.ofThisProcess();
  }

  @Bean
  FreezeWatch freezeWatch(FreezeSwitch freeze) {
    return new FreezeWatch(freeze);
  }

  @Bean
  DeadLetterMetrics deadLetterMetrics(MeterRegistry registry) {
    return new DeadLetterMetrics(registry);
  }

  @Bean
  DeadLetters deadLetters(JdbcClient jdbc, WorkerName worker, DeadLetterMetrics metrics) {
    return new DeadLetters(jdbc, worker, metrics);
  }

  @Bean
  UnreadableMessages unreadableMessages(
      JdbcClient jdbc, WorkerName worker, DeadLetterMetrics metrics) {
    return new UnreadableMessages(jdbc, worker, metrics);
  }

  @Bean
  TaskClaims taskClaims(
      TransactionOperations transactions,
      JdbcClient jdbc,
      DeletionProgress progress,
      WorkerName worker,
      PurgelineProperties properties) {
    return new TaskClaims(transactions, jdbc, progress, worker, properties.worker().lease());
  }

  @Bean
  Slices slices(TaskClaims claims, FreezeWatch freeze, PurgelineProperties properties) {
    return new Slices(claims, properties.purge().slice(), freeze::isFrozen);
  }

  @Bean
  PurgeListener purgeListener(MeterRegistry registry, PurgelineProperties properties) {
    return new PurgeMetrics(registry, properties.queues());
  }

  @Bean
  Purge objectPurge(
      ObjectPlaces places,
      BatchLedger ledger,
      TaskRow row,
      Completion completion,
      PurgeListener listener) {
    return new ObjectPurge(places, ledger, row, completion, listener);
  }

  @Bean
  Purge directoryPurge(
      DirectoryPlaces places,
      DirectoryLedger ledger,
      Completion completion,
      PurgeListener listener) {
    return new DirectoryPurge(places, ledger, completion, listener);
  }

  @Bean
  Purges purges(Purge objectPurge, Purge directoryPurge, BatchLedger ledger, Probe probe) {
    return new PurgesByKind(objectPurge, directoryPurge, new RecordsPurge(ledger.samples()), probe);
  }

  @Bean
  TaskRow taskRow(JdbcClient jdbc, PurgelineProperties properties) {
    return new TaskRow(jdbc, properties.worker().requestTimeout());
  }

  @Bean
  BatchLedger batchLedger(TransactionOperations transactions, JdbcClient jdbc, TaskRow row) {
    return new BatchLedger(transactions, jdbc, row);
  }

  @Bean
  DirectoryLedger directoryLedger(TransactionOperations transactions, TaskRow row) {
    return new DirectoryLedger(transactions, row);
  }

  @Bean
  Completion completion(JdbcClient jdbc, PurgelineProperties properties) {
    return new Completion(jdbc, properties.purge().settleTime());
  }

  @Bean
  Conclusion conclusion(
      TransactionOperations transactions,
      TaskRow row,
      Outbox outbox,
      DeadLetters deadLetters,
      DeletionProgress progress,
      PurgelineProperties properties) {
    return new Conclusion(
        transactions, row, new NextMessage(outbox), deadLetters, progress, properties.retry());
  }

  @Bean
  PurgeExecutor purgeExecutor(
      TaskClaims claims,
      Slices slices,
      Purges purges,
      Conclusion conclusion,
      PurgeListener listener,
      PurgelineProperties properties) {
    return new PurgeExecutor(claims, slices, purges, conclusion, listener, properties.retry());
  }
}
