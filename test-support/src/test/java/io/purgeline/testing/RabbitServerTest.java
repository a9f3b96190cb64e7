package io.purgeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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
      awaitDepth(broker, OptionalLong.of(1));
      server.wipe();
      awaitDepth(broker, OptionalLong.empty());
    }
  }

  @Test
  void leavesNoProcessBehind() {
    var others = ProcessHandle.current().children().toList();
    List<ProcessHandle> its;
    try (var server = RabbitServer.own()) {
      assertThat(server.newVirtualHost().depth("none")).isEmpty();
      its =
          ProcessHandle.current()
              .children()
              .filter(child -> !others.contains(child))
              .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
              .toList();
      assertThat(its).as("the shell, the server and epmd").hasSizeGreaterThan(2);
    }
    await()
        .atMost(1, TimeUnit.MINUTES)
        .untilAsserted(() -> assertThat(its).noneMatch(ProcessHandle::isAlive));
  }

  /** A virtual host opens some time after the server answers. */
  private static void awaitDepth(TestBroker broker, OptionalLong depth) {
    await()
        .atMost(1, TimeUnit.MINUTES)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(broker.depth("work")).isEqualTo(depth));
  }

  private static void publish(TestBroker broker, String queue)
      throws IOException, TimeoutException, InterruptedException {
    try (var connection = broker.connect();
        var channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.queueDeclare(queue, true, false, false, QUORUM);
      channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[] {1});
      channel.waitForConfirmsOrDie(60_000);
    }
  }
}
