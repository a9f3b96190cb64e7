package io.purgeline.it.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.purgeline.testing.TestBroker;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes messages from a queue as a worker does: one at a time, answered by hand. */
final class Consumer implements AutoCloseable {

  private final Connection connection;
  private final Channel channel;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

  Consumer(TestBroker broker, String queue) throws IOException, TimeoutException {
    connection = broker.connect();
    channel = connection.createChannel();
    channel.basicQos(1);
    channel.basicConsume(queue, false, (_, delivery) -> deliveries.add(delivery), _ -> {});
  }

  Delivery next() throws InterruptedException {
    var delivery = deliveries.poll(1, TimeUnit.MINUTES);
    assertThat(delivery).as("a delivery").isNotNull();
    return Objects.requireNonNull(delivery);
  }

  /** Nothing, once nothing came for a while. */
  Optional<Delivery> poll() throws InterruptedException {
    return Optional.ofNullable(deliveries.poll(500, TimeUnit.MILLISECONDS));
  }

  boolean getsNothingMore() throws InterruptedException {
    return poll().isEmpty();
  }

  void acknowledge(Delivery delivery) throws IOException {
    channel.basicAck(tag(delivery), false);
  }

  void reject(Delivery delivery) throws IOException {
    channel.basicReject(tag(delivery), false);
  }

  void handBack(Delivery delivery) throws IOException {
    channel.basicNack(tag(delivery), false, true);
  }

  private static long tag(Delivery delivery) {
    return delivery.getEnvelope().getDeliveryTag();
  }

  /** As if the process had died: nothing it holds is answered. */
  @Override
  public void close() {
    connection.abort();
  }
}
