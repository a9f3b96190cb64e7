package io.purgeline.it.messaging;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.config.PropertiesConfiguration;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import io.purgeline.outbox.OutboxConfiguration;
import io.purgeline.testing.ServerSettings;
import io.purgeline.testing.TestBroker;
import io.purgeline.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Outbox, topology and relay as every process has them, on a database and one store's queues. */
final class Relaying implements AutoCloseable {

  static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final ConfigurableApplicationContext context;

  Relaying(TestDatabase database, TestBroker broker, String store) {
    context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties("spring.config.name=purgeline-defaults")
            .run(arguments(database, broker, store));
    declare();
  }

  private static String[] arguments(TestDatabase database, TestBroker broker, String store) {
    return ServerSettings.arguments(
            database,
            broker,
            "--logging.level.root=error",
            "--purgeline.object-stores." + store + ".buckets=one",
            "--purgeline.relay.confirm-timeout=25s",
            "--spring.rabbitmq.channel-rpc-timeout=60s",
            "--purgeline.relay.poll-interval=100ms",
            "--purgeline.relay.max-pause=1s")
        .toArray(String[]::new);
  }

  /** What every new connection leads to. */
  void declare() {
    admin().initialize();
  }

  RabbitAdmin admin() {
    return context.getBean(RabbitAdmin.class);
  }

  /** Commits messages for the queue. */
  List<PurgeRequest> request(WorkQueue queue, int count) {
    var requests = IntStream.range(0, count).mapToObj(_ -> request()).toList();
    inTransaction(outbox ->
        requests.forEach(each -> outbox.request(queue, each, Duration.ZERO, TRACEPARENT)));
    return requests;
  }

  void fact() {
    inTransaction(outbox -> outbox.fact("DeletionFinished", UUID.randomUUID(), Map.of()));
  }

  private void inTransaction(Consumer<Outbox> work) {
    context
        .getBean(TransactionOperations.class)
        .executeWithoutResult(tx -> work.accept(context.getBean(Outbox.class)));
  }

  private static PurgeRequest request() {
    return new PurgeRequest(
        MessageType.DATASET_DELETED,
        UUID.randomUUID(),
        1,
        UUID.randomUUID(),
        UUID.randomUUID().toString(),
        "iq_raw",
        Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  int rows() {
    return sql().sql("select count(*) from outbox").query(Integer.class).single();
  }

  /** What was said of the rows that could not leave. */
  List<String> errors() {
    return sql().sql("select last_error from outbox where attempts > 0").query(String.class).list();
  }

  JdbcClient sql() {
    return context.getBean(JdbcClient.class);
  }

  void awaitEmpty() {
    await().atMost(Duration.ofMinutes(1)).until(() -> rows() == 0);
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    RabbitAutoConfiguration.class,
    TransactionAutoConfiguration.class
  })
  @Import({PropertiesConfiguration.class, OutboxConfiguration.class})
  static class Application {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }
}
