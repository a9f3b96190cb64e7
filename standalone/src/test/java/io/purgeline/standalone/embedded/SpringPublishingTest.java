package io.purgeline.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** The publishing that the relay does, through Spring, against the embedded broker. */
class SpringPublishingTest {

  @TempDir Path work;

  @Test
  void tellsRoutedFromUnroutable() throws Exception {
    try (var broker = EmbeddedBroker.start(work, 0)) {
      var connections = connections(broker.access());
      new RabbitAdmin(connections).declareQueue(new Queue("work"));
      var routed = publish(connections, "work");
      var unroutable = publish(connections, "nobody");
      assertThat(routed.getFuture().get(1, TimeUnit.MINUTES).ack()).isTrue();
      assertThat(routed.getReturned()).isNull();
      // RabbitMQ would return it and confirm it; here it is refused, and returned only after that.
      assertThat(unroutable.getFuture().get(1, TimeUnit.MINUTES).ack()).isFalse();
    }
  }

  private static CorrelationData publish(CachingConnectionFactory connections, String key) {
    var template = new RabbitTemplate(connections);
    template.setMandatory(true);
    template.setUsePublisherConnection(true);
    var correlation = new CorrelationData(key);
    template.convertAndSend("", key, "body", correlation);
    return correlation;
  }

  private static CachingConnectionFactory connections(BrokerAccess access) {
    var connections = new CachingConnectionFactory();
    connections.setAddresses(access.addresses());
    connections.setVirtualHost(access.virtualHost());
    connections.setUsername(access.username());
    connections.setPassword(access.password());
    connections.setPublisherConfirmType(ConfirmType.CORRELATED);
    connections.setPublisherReturns(true);
    return connections;
  }
}
