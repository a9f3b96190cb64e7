package io.purgeline.it.messaging;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.messaging.Topology;
import io.purgeline.standalone.embedded.EmbeddedServers;
import io.purgeline.testing.TestBroker;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker of the demo and of {@code serve}, and what it cannot do. */
class EmbeddedMessagingTest extends BrokerContract {

  @TempDir private static Path folder;
  private static Embedded broker;

  @BeforeAll
  static void startBroker() {
    broker = new Embedded();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Override
  BrokerUnderTest broker() {
    return broker;
  }

  /** It refuses the message before it returns it, so the relay hears of the refusal only. */
  @Test
  @Override
  void tellsThatNoQueueIsBound() {
    relaying.request(new io.purgeline.messaging.WorkQueue("nobody"), 1);

    await()
        .atMost(1, MINUTES)
        .untilAsserted(
            () -> assertThat(relaying.errors()).containsExactly("the broker refused it"));
  }

  /**
   * Its queues are in memory. The database knows what had left the outbox and when, so that the
   * reconciler writes it again; queues are declared anew.
   */
  @Test
  @Override
  void keepsConfirmedMessagesOverARestart() throws Exception {
    var task = relaying.request(queue, 1).getFirst().taskId();
    relaying.awaitEmpty();
    assertThat(depth(queue.name())).isOne();

    broker.restart();

    assertThat(depth(queue.name())).as("a queue that is gone").isNegative();
    try (var next = newProcess()) {
      assertThat(depth(queue.name())).as("declared anew, and empty").isZero();
      next.request(queue, 1);
      next.awaitEmpty();
      assertThat(received(1)).doesNotContain(task);
    }
  }

  /** It knows no dead-letter exchange and drops the message; the reconciler asks again. */
  @Test
  @Override
  void leadsARejectedMessageToTheDeadLetters() throws Exception {
    relaying.request(queue, 1);
    try (var consumer = consumer()) {
      consumer.reject(consumer.next());
      assertThat(consumer.getsNothingMore()).isTrue();
    }
    assertThat(depth(queue.name())).isZero();
    assertThat(depth(Topology.DEAD_LETTERS)).isZero();
  }

  /** It has no such limit and goes on; the database counts claims without progress. */
  @Test
  @Override
  void leadsAMessageBeyondTheDeliveryLimitToTheDeadLetters() throws Exception {
    UUID task = relaying.request(queue, 1).getFirst().taskId();
    try (var consumer = consumer()) {
      for (int delivery = 0; delivery <= Topology.DELIVERY_LIMIT; delivery++) {
        consumer.handBack(consumer.next());
      }
      var again = consumer.next();
      assertThat(task(again)).isEqualTo(task);
      consumer.acknowledge(again);
    }
    assertThat(depth(Topology.DEAD_LETTERS)).isZero();
  }

  private static final class Embedded implements BrokerUnderTest {

    private EmbeddedServers servers = EmbeddedServers.start(folder);

    @Override
    public TestBroker access() {
      var access = servers.broker();
      var address = access.addresses().split(":");
      return new TestBroker(
          address[0],
          Integer.parseInt(address[1]),
          access.virtualHost(),
          access.username(),
          access.password());
    }

    @Override
    public void restart() {
      servers.close();
      servers = EmbeddedServers.start(folder);
    }

    @Override
    public void close() {
      servers.close();
    }
  }
}
