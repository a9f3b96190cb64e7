package io.purgeline.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.Return;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  private static final String EXCHANGE = "purgeline.work";

  /** What RabbitMQ gets: the embedded broker takes it and leaves it without effect. */
  private static final Map<String, Object> ARGUMENTS =
      Map.of(
          "x-queue-type", "quorum",
          "x-dead-letter-exchange", "purgeline.dead-letters",
          "x-dead-letter-routing-key", "purgeline.dead-letters",
          "x-dead-letter-strategy", "at-least-once",
          "x-overflow", "reject-publish",
          "x-delivery-limit", 100);

  @TempDir static Path work;
  private static EmbeddedBroker broker;

  private Connection connection;
  private Channel channel;
  private String queue;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(work, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void declareQueue(TestInfo test) throws Exception {
    queue = "purgeline.objects." + test.getTestMethod().orElseThrow().getName();
    connection = factory(broker.access()).newConnection();
    channel = connection.createChannel();
    channel.exchangeDeclare(EXCHANGE, "topic", true);
    channel.queueDeclare(queue, true, false, false, ARGUMENTS);
    channel.queueBind(queue, EXCHANGE, queue);
    channel.confirmSelect();
  }

  @AfterEach
  void disconnect() throws IOException {
    connection.close();
  }

  @Test
  void acceptsTheSameDeclarationAgain() throws Exception {
    channel.queueDeclare(queue, true, false, false, ARGUMENTS);
    assertThat(channel.queueDeclarePassive(queue).getMessageCount()).isZero();
  }

  @Test
  void confirmsAMandatoryMessageAndKeepsItsProperties() throws Exception {
    var properties =
        MessageProperties.MINIMAL_PERSISTENT_BASIC
            .builder()
            .messageId("m-1")
            .correlationId("d-1")
            .type("DatasetDeleted")
            .contentType("application/cloudevents+json")
            .headers(Map.of("traceparent", "00-1-2-01"))
            .build();
    channel.basicPublish(EXCHANGE, queue, true, properties, new byte[] {7});
    channel.waitForConfirmsOrDie(60_000);
    var got = channel.basicGet(queue, true);
    assertThat(got.getBody()).containsExactly(7);
    assertThat(got.getProps().getMessageId()).isEqualTo("m-1");
    assertThat(got.getProps().getCorrelationId()).isEqualTo("d-1");
    assertThat(got.getProps().getType()).isEqualTo("DatasetDeleted");
    assertThat(got.getProps().getContentType()).isEqualTo("application/cloudevents+json");
    assertThat(got.getProps().getHeaders().get("traceparent")).hasToString("00-1-2-01");
  }

  @Test
  void returnsAnUnroutableMessageAndDoesNotConfirmIt() throws Exception {
    BlockingQueue<Return> returned = new LinkedBlockingQueue<>();
    channel.addReturnListener(returned::add);
    channel.basicPublish(EXCHANGE, "nobody", true, MessageProperties.BASIC, new byte[] {1});
    // RabbitMQ returns it and then confirms it; this broker refuses it and then returns it.
    assertThat(channel.waitForConfirms(60_000)).isFalse();
    assertThat(returned.poll(1, TimeUnit.MINUTES).getRoutingKey()).isEqualTo("nobody");
  }

  @Test
  void confirmsWhatNobodyListensToWhenItIsNotMandatory() throws Exception {
    channel.basicPublish(EXCHANGE, "nobody", false, MessageProperties.BASIC, new byte[] {1});
    channel.waitForConfirmsOrDie(60_000);
  }

  @Test
  void handsOneMessageAtATimeToAConsumer() throws Exception {
    publish(1, 2);
    var deliveries = consume();
    var first = deliveries.poll(1, TimeUnit.MINUTES);
    assertThat(first.getBody()).containsExactly(1);
    assertThat(deliveries.poll(200, TimeUnit.MILLISECONDS)).isNull();
    channel.basicAck(first.getEnvelope().getDeliveryTag(), false);
    assertThat(deliveries.poll(1, TimeUnit.MINUTES).getBody()).containsExactly(2);
  }

  @Test
  void deliversAgainWhatWasHandedBackHoweverOften() throws Exception {
    publish(1);
    var deliveries = consume();
    for (int i = 0; i < 5; i++) {
      channel.basicNack(tag(deliveries), false, true);
    }
    var again = deliveries.poll(1, TimeUnit.MINUTES);
    assertThat(again.getEnvelope().isRedeliver()).isTrue();
  }

  @Test
  void dropsWhatWasRejected() throws Exception {
    publish(1);
    var deliveries = consume();
    channel.basicReject(tag(deliveries), false);
    assertThat(deliveries.poll(200, TimeUnit.MILLISECONDS)).isNull();
    assertThat(channel.queueDeclarePassive(queue).getMessageCount()).isZero();
  }

  @Test
  void deliversAgainWhatDeadConnectionsHeld() throws Exception {
    publish(1);
    for (int i = 0; i < 5; i++) {
      assertThat(consume().poll(1, TimeUnit.MINUTES)).isNotNull();
      connection.abort();
      connection = factory(broker.access()).newConnection();
      channel = connection.createChannel();
    }
    var again = consume().poll(1, TimeUnit.MINUTES);
    assertThat(again.getBody()).containsExactly(1);
  }

  @Test
  void refusesAWrongPassword() {
    var factory = factory(broker.access());
    factory.setPassword("guess");
    assertThatThrownBy(factory::newConnection)
        .isInstanceOf(PossibleAuthenticationFailureException.class);
  }

  @Test
  void startsEmptyAgainOnTheSamePort(@TempDir Path other) throws Exception {
    BrokerAccess first;
    try (var restarted = EmbeddedBroker.start(other, 0)) {
      first = restarted.access();
      try (var open = factory(first).newConnection()) {
        open.createChannel().queueDeclare("gone", true, false, false, ARGUMENTS);
      }
    }
    var port = factory(first).getPort();
    try (var restarted = EmbeddedBroker.start(other, port);
        var open = factory(restarted.access()).newConnection()) {
      assertThat(restarted.access().addresses()).isEqualTo(first.addresses());
      assertThatThrownBy(() -> open.createChannel().queueDeclarePassive("gone"))
          .isInstanceOf(IOException.class)
          .rootCause()
          .hasMessageContaining("404");
    }
  }

  private void publish(int... bodies) throws Exception {
    for (int body : bodies) {
      channel.basicPublish(
          EXCHANGE, queue, true, MessageProperties.PERSISTENT_BASIC, new byte[] {(byte) body});
    }
    channel.waitForConfirmsOrDie(60_000);
  }

  private BlockingQueue<Delivery> consume() throws IOException {
    var deliveries = new LinkedBlockingQueue<Delivery>();
    channel.basicQos(1);
    channel.basicConsume(queue, false, (_, delivery) -> deliveries.add(delivery), _ -> {});
    return deliveries;
  }

  private static long tag(BlockingQueue<Delivery> deliveries) throws InterruptedException {
    return deliveries.poll(1, TimeUnit.MINUTES).getEnvelope().getDeliveryTag();
  }

  private static ConnectionFactory factory(BrokerAccess access) {
    var factory = new ConnectionFactory();
    var address = URI.create("amqp://" + access.addresses());
    factory.setHost(address.getHost());
    factory.setPort(address.getPort());
    factory.setVirtualHost(access.virtualHost());
    factory.setUsername(access.username());
    factory.setPassword(access.password());
    factory.setAutomaticRecoveryEnabled(false);
    return factory;
  }
}
