package io.purgeline.it.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.TestBroker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The broker of production. */
class RabbitMessagingTest extends BrokerContract {

  private static Rabbit broker;

  @BeforeAll
  static void startBroker() {
    broker = new Rabbit(RabbitServer.own());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Override
  BrokerUnderTest broker() {
    return broker;
  }

  /** What keeps a message that the broker gives up on from being lost. */
  @Test
  void declaresQueuesThatLoseNoDeadLetter() {
    Map<String, Object> arguments =
        Map.of(
            "x-queue-type",
            "quorum",
            "x-dead-letter-exchange",
            "purgeline.dead-letters",
            "x-dead-letter-routing-key",
            "purgeline.dead-letters",
            "x-dead-letter-strategy",
            "at-least-once",
            "x-overflow",
            "reject-publish",
            "x-delivery-limit",
            100);

    assertThat(broker.access().isDeclaredWith(queue.name(), arguments)).isTrue();
    assertThat(broker.access().isDeclaredWith(queue.large().name(), arguments)).isTrue();
    assertThat(
            broker
                .access()
                .isDeclaredWith(
                    "purgeline.dead-letters",
                    Map.of("x-queue-type", "quorum", "x-delivery-limit", 1_000_000)))
        .as("nothing is behind it that could take what it gives up")
        .isTrue();
  }

  private record Rabbit(RabbitServer server, TestBroker access) implements BrokerUnderTest {

    Rabbit(RabbitServer server) {
      this(server, server.newVirtualHost());
    }

    @Override
    public void restart() {
      server.flush();
      server.kill();
      server.start();
      await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions() // until the virtual host is open again
          .until(() -> access.depth("purgeline.dead-letters").isPresent());
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
