package io.purgeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RabbitServerTest {

  private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

  @Test
  void givesEachTestAVirtualHostOfItsOwn() throws Exception {
    var first = RabbitServer.shared().newVirtualHost();
    var second = RabbitServer.shared().newVirtualHost();
    publish(first, "work");
    assertThat(first.depth("work")).hasValue(1);
    assertThat(second.depth("work")).isEmpty();
  }

  @Test
  void tellsWhetherAQueueHasTheseArguments() throws Exception {
    var broker = RabbitServer.shared().newVirtualHost();
    assertThat(broker.isDeclaredWith("work", QUORUM)).isFalse();
    publish(broker, "work");
    assertThat(broker.isDeclaredWith("work", QUORUM)).isTrue();
    assertThat(broker.isDeclaredWith("work", Map.of("x-queue-type", "classic"))).isFalse();
  }

  @Test
  void keepsConfirmedMessagesOverAnOutageAndLosesThemWhenWiped() throws Exception {
    try (var server = RabbitServer.own()) {
      var broker = server.newVirtualHost();
      publish(broker, "work");
      server.stop();
      assertThatThrownBy(broker::connect).isInstanceOf(IOException.class);
      server.start();
      await().untilAsserted(() -> assertThat(broker.depth("work")).hasValue(1));
      server.wipe();
      assertThat(broker.depth("work")).isEmpty();
    }
  }

  @Test
  void leavesNoProcessBehind() {
    var before = ProcessHandle.current().descendants().toList();
    try (var server = RabbitServer.own()) {
      assertThat(server.newVirtualHost().depth("none")).isEmpty();
      assertThat(ProcessHandle.current().descendants().toList()).hasSizeGreaterThan(before.size());
    }
    await() // others come and go as well
        .untilAsserted(
            () -> assertThat(ProcessHandle.current().descendants().toList()).isSubsetOf(before));
  }

  private static void publish(TestBroker broker, String queue)
      throws IOException, TimeoutException, InterruptedException {
    try (var connection = broker.connect();
        var channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.queueDeclare(queue, true, false, false, QUORUM);
      channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[] {1});
      channel.waitForConfirmsOrDie(10_000);
    }
  }
}
