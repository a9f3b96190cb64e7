package io.purgeline.worker.purge;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.freeze.FreezeSwitch;
import io.purgeline.freeze.FreezeWatch;
import io.purgeline.outbox.Outbox;
import io.purgeline.worker.place.Places;
import java.sql.Timestamp;
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
  DeadLetters deadLetters(JdbcClient jdbc, WorkerName worker) {
    return new DeadLetters(jdbc, worker);
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
  PurgeListener purgeListener(MeterRegistry registry) {
    return new PurgeMetrics(registry);
  }

  @Bean
  Purges purges(
      TransactionOperations transactions,
      JdbcClient jdbc,
      Places places,
      PurgeListener listener,
      PurgelineProperties properties) {
    var row = new TaskRow(jdbc);
    var ledger = new BatchLedger(transactions, jdbc, row);
    var completion =
        new Completion(
            () -> jdbc.sql("select clock_timestamp()").query(Timestamp.class).single().toInstant(),
            properties.purge().settleTime());
    return new PurgesByKind(
        new ObjectPurge(places, ledger, row, completion, listener),
        new DirectoryPurge(
            places, new DirectoryLedger(transactions, jdbc, row), completion, listener),
        new RecordsPurge(ledger),
        places);
  }

  @Bean
  Conclusion conclusion(
      TransactionOperations transactions,
      JdbcClient jdbc,
      Outbox outbox,
      DeadLetters deadLetters,
      DeletionProgress progress,
      PurgelineProperties properties) {
    return new Conclusion(
        transactions,
        new TaskRow(jdbc),
        new NextMessage(outbox),
        deadLetters,
        progress,
        properties.retry());
  }

  @Bean
  PurgeExecutor purgeExecutor(
      TaskClaims claims,
      Slices slices,
      Purges purges,
      Conclusion conclusion,
      PurgeListener listener) {
    return new PurgeExecutor(claims, slices, purges, conclusion, listener);
  }

  @Bean
  Reconciler reconciler(
      TransactionOperations transactions,
      JdbcClient jdbc,
      Outbox outbox,
      DeadLetters deadLetters,
      DeletionProgress progress,
      Reconciler.Settings settings) {
    return new Reconciler(transactions, jdbc, outbox, deadLetters, progress, settings);
  }

  @Bean
  Reconciler.Settings reconcilerSettings(PurgelineProperties properties, QueueDepth depth) {
    var worker = properties.worker();
    return new Reconciler.Settings(worker.lostAfter(), worker.requestTimeout(), depth);
  }
}
