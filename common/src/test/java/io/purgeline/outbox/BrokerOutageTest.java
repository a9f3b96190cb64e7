package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.purgeline.testing.RabbitServer;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.support.RabbitExceptionTranslator;

/** What the client throws in either case, as Spring hands it on. */
class BrokerOutageTest {

  private Connection connection;
  private Channel channel;

  @BeforeEach
  void connect() throws Exception {
    connection = RabbitServer.shared().newVirtualHost().connect();
    channel = connection.createChannel();
  }

  @AfterEach
  void disconnect() {
    connection.abort();
  }

  @Test
  void isNotMeantByAChannelThatTheBrokerClosedOverAMessage() throws Exception {
    channel.basicPublish("no.such.exchange", "key", null, new byte[0]);
    await().atMost(Duration.ofMinutes(1)).until(() -> !channel.isOpen());

    var thrown = publishing();

    assertThat(thrown).isInstanceOf(AmqpConnectException.class);
    assertThat(BrokerOutage.isMeantBy(thrown)).isFalse();
    assertThat(BrokerOutage.isMeantBy(new AmqpException("channel is closed"))).isFalse();
  }

  @Test
  void isMeantByAConnectionThatIsLost() {
    connection.abort();

    assertThat(BrokerOutage.isMeantBy(publishing())).isTrue();
  }

  @Test
  void isMeantByABrokerThatNobodyRuns() {
    assertThat(BrokerOutage.isMeantBy(new AmqpConnectException(new ConnectException()))).isTrue();
  }

  private RuntimeException publishing() {
    return RabbitExceptionTranslator.convertRabbitAccessException(
        catchException(() -> channel.basicPublish("", "key", null, new byte[0])));
  }
}
