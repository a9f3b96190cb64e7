package io.purgeline.outbox;

import io.purgeline.messaging.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Sends rows to the broker on a connection of its own, with confirms and returns. */
public final class Publisher {

  private static final int CLOSE_MILLIS = 1_000;

  private final RabbitTemplate work;
  private final RabbitTemplate facts;
  private final CachingConnectionFactory connections;
  private final BlockedPublisher blocked = new BlockedPublisher();

  /**
   * A publisher on the given connections.
   *
   * @throws IllegalStateException if they give no confirms and returns: then "published" would mean
   *     nothing
   */
  public Publisher(CachingConnectionFactory connections) {
    if (!connections.isPublisherConfirms() || !connections.isPublisherReturns()) {
      throw new IllegalStateException("publisher confirms (correlated) and returns must be on");
    }
    this.connections = connections;
    var publishers = Objects.requireNonNull(connections.getPublisherConnectionFactory());
    closeQuickly(connections);
    closeQuickly(publishers);
    publishers.addConnectionListener(blocked);
    this.work = template(connections, true);
    this.facts = template(connections, false);
  }

  /** While a queue hangs, the broker does not answer that a connection is closed, either. */
  private static void closeQuickly(ConnectionFactory connections) {
    ((AbstractConnectionFactory) connections).setCloseTimeout(CLOSE_MILLIS);
  }

  private static RabbitTemplate template(CachingConnectionFactory connections, boolean mandatory) {
    var template = new RabbitTemplate(connections);
    template.setMandatory(mandatory);
    template.setUsePublisherConnection(true); // a blocked publisher must not stop consumers
    return template;
  }

  Publication send(OutboxRow row) {
    var correlation = new CorrelationData(row.eventId().toString());
    var message =
        MessageBuilder.withBody(row.payload().getBytes(StandardCharsets.UTF_8))
            .setMessageId(row.eventId().toString())
            .setType(row.type())
            .setContentType(CloudEvent.CONTENT_TYPE)
            .setDeliveryMode(MessageDeliveryMode.PERSISTENT);
    if (row.deletionId() != null) {
      message.setCorrelationId(row.deletionId().toString());
    }
    if (row.traceparent() != null) {
      message.setHeader("traceparent", row.traceparent());
    }
    var template = row.mandatory() ? work : facts;
    template.send(row.exchange(), row.routingKey(), message.build(), correlation);
    return new Publication(row, correlation);
  }

  /** Whether the broker accepts nothing at the moment. */
  BlockedPublisher blocked() {
    return blocked;
  }

  /**
   * Gives up the publishers' connection, and no consumer's: on one that left confirms open, later
   * publishes may be accepted and never enqueued.
   */
  void reset() {
    Objects.requireNonNull(connections.getPublisherConnectionFactory()).resetConnection();
  }
}
