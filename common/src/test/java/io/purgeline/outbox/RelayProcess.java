package io.purgeline.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.config.PropertiesConfiguration;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.ServerSettings;
import io.purgeline.testing.TestBroker;
import io.purgeline.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What every process has: an outbox and its relay, put together as it is in production. */
final class RelayProcess implements AutoCloseable {

  static {
    // A test that passes is not slower for it, and a busy machine fails none.
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  private final ConfigurableApplicationContext context;

  private RelayProcess(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** On a database of its own, with the stores {@code first}, {@code main} and {@code other}. */
  static RelayProcess start(TestBroker broker) {
    var database = PostgresServer.shared().newMigratedDatabase();
    return new RelayProcess(
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties("spring.config.name=purgeline-defaults")
            .run(arguments(database, broker)));
  }

  private static String[] arguments(TestDatabase database, TestBroker broker) {
    return ServerSettings.arguments(
            database,
            broker,
            "--spring.flyway.enabled=false",
            "--purgeline.object-stores.first.buckets=one",
            "--purgeline.object-stores.main.buckets=two",
            "--purgeline.object-stores.other.buckets=three",
            "--purgeline.relay.poll-interval=100ms",
            "--purgeline.relay.confirm-timeout=25s",
            "--purgeline.relay.max-pause=1s")
        .toArray(String[]::new);
  }

  /** Commits a message for the queue. */
  void request(WorkQueue queue) {
    var now = Instant.now();
    var request =
        new PurgeRequest(
            MessageType.DATASET_DELETED,
            UUID.randomUUID(),
            1,
            UUID.randomUUID(),
            "some",
            "iq_raw",
            now);
    context
        .getBean(TransactionOperations.class)
        .executeWithoutResult(
            tx -> context.getBean(Outbox.class).request(queue, request, Duration.ZERO));
  }

  AmqpAdmin admin() {
    return context.getBean(AmqpAdmin.class);
  }

  int rows() {
    return context
        .getBean(JdbcClient.class)
        .sql("select count(*) from outbox")
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
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
