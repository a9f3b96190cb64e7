package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.RabbitServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A broker that is short of memory accepts nothing, and a relay knows it. */
class BlockedPublisherTest {

  @Test
  void isToldByTheBrokerAndForgottenWhenItAcceptsAgain() {
    try (var broker = RabbitServer.own();
        var fixture = new RelayFixture(broker.newVirtualHost(), Duration.ofSeconds(2))) {
      fixture.insert(RelayFixture.QUEUE, 1);
      fixture.runUntil(() -> fixture.rows() == 0);
      assertThat(fixture.relay().isBlocked()).isFalse();

      broker.runShortOfMemory();
      fixture.insert(RelayFixture.QUEUE, 1);
      fixture.runUntil(() -> fixture.relay().isBlocked());
      assertThat(fixture.rows()).isEqualTo(1);

      broker.haveMemoryAgain();
      fixture.runUntil(() -> fixture.rows() == 0);
      assertThat(fixture.relay().isBlocked()).isFalse();
    }
  }
}
