package io.purgeline.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.messaging.Topology;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The outbox and its relay, in every process. */
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {

  @Bean
  Declarables topology(PurgelineProperties properties) {
    return Topology.of(properties.queues());
  }

  @Bean
  DeclarationProblems declarationProblems(AmqpAdmin admin, CachingConnectionFactory connections) {
    return new DeclarationProblems(admin, connections);
  }

  @Bean
  TraceContext traceContext(ObjectProvider<Tracer> tracers) {
    var tracer = tracers.getIfAvailable();
    return tracer == null ? TraceContext.NONE : new MicrometerTraceContext(tracer);
  }

  @Bean
  OutboxSignal outboxSignal(JdbcClient jdbc) {
    return new OutboxSignal(jdbc);
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, Clock clock, TraceContext trace, OutboxSignal signal) {
    return new Outbox(jdbc, clock, trace, signal);
  }

  @Bean
  OutboxRelay outboxRelay(
      TransactionOperations transactions,
      JdbcClient jdbc,
      CachingConnectionFactory connections,
      PurgelineProperties properties) {
    return new OutboxRelay(
        transactions, new OutboxRows(jdbc), new Publisher(connections), properties.relay());
  }

  @Bean
  RelayLoop relayLoop(
      OutboxRelay relay,
      DataSource dataSource,
      PurgelineProperties properties,
      MeterRegistry registry) {
    var metrics = new RelayMetrics(registry, relay::isBlocked);
    return new RelayLoop(relay, dataSource, properties.relay(), metrics);
  }
}
