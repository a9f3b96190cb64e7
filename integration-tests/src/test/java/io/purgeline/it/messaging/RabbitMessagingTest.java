package io.purgeline.it.messaging;

import static org.awaitility.Awaitility.await;

import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.TestBroker;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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

  private record Rabbit(RabbitServer server, TestBroker access) implements BrokerUnderTest {

    Rabbit(RabbitServer server) {
      this(server, server.newVirtualHost());
    }

    @Override
    public void restart() {
      // A queue younger than half a second may not survive a kill: RabbitMQ writes their list late.
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      server.kill();
      server.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions() // until the virtual host is open again
          .until(() -> access.depth("purgeline.dead-letters").isPresent());
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
