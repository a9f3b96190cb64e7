package io.purgeline.testing;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A virtual host of one test, and what a test may ask about its queues. */
public record TestBroker(
    String host, int port, String virtualHost, String username, String password) {

  /** A connection that does not recover by itself; the caller closes it. */
  public Connection connect() throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost(host);
    factory.setPort(port);
    factory.setVirtualHost(virtualHost);
    factory.setUsername(username);
    factory.setPassword(password);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setHandshakeTimeout(60_000);
    return factory.newConnection("test");
  }

  /** The address as Spring's {@code spring.rabbitmq.addresses} wants it. */
  public String addresses() {
    return host + ":" + port;
  }

  /**
   * Messages ready in the queue (those a consumer holds are not counted), empty if it is absent.
   */
  public OptionalLong depth(String queue) {
    return ask(connection -> {
      var answer = lookAt(connection, queue);
      return answer == null ? OptionalLong.empty() : OptionalLong.of(answer.getMessageCount());
    });
  }

  /** How many consume these queues; one that is absent has none. */
  public int consumers(String... queues) {
    return ask(connection -> {
      var consumers = 0;
      for (var queue : queues) {
        var answer = lookAt(connection, queue);
        consumers += answer == null ? 0 : answer.getConsumerCount();
      }
      return consumers;
    });
  }

  private <T> T ask(Question<T> question) {
    try (var connection = connect()) {
      return question.ask(connection);
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException("broker does not answer at " + addresses(), e);
    }
  }

  /** The queue, null if it is absent. */
  private static AMQP.Queue.@Nullable DeclareOk lookAt(Connection connection, String queue)
      throws IOException {
    try {
      return connection.createChannel().queueDeclarePassive(queue);
    } catch (IOException e) {
      if (String.valueOf(e.getCause()).contains("reply-code=404")) {
        return null;
      }
      throw e;
    }
  }

  /** The same virtual host, through something that listens elsewhere. */
  public TestBroker through(int otherPort) {
    return new TestBroker(host, otherPort, virtualHost, username, password);
  }

  /** Whether the durable queue exists and was declared with exactly these arguments. */
  public boolean isDeclaredWith(String queue, Map<String, Object> arguments) {
    if (depth(queue).isEmpty()) {
      return false;
    }
    return ask(connection -> accepts(connection.createChannel(), queue, arguments));
  }

  private static boolean accepts(Channel channel, String queue, Map<String, Object> arguments) {
    try {
      channel.queueDeclare(queue, true, false, false, arguments);
      return true;
    } catch (IOException _) {
      return false; // 406: the existing queue has other arguments
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Connection connection) throws IOException;
  }
}
