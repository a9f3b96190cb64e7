package io.purgeline.testing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

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
    try (var connection = connect()) {
      return OptionalLong.of(
          connection.createChannel().queueDeclarePassive(queue).getMessageCount());
    } catch (IOException e) {
      return absentOrThrow(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("broker does not answer at " + addresses(), e);
    }
  }

  /** How many consume the queue, which must exist. */
  public int consumers(String queue) {
    try (var connection = connect()) {
      return connection.createChannel().queueDeclarePassive(queue).getConsumerCount();
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException("broker did not tell the consumers of " + queue, e);
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
    try (var connection = connect()) {
      return accepts(connection.createChannel(), queue, arguments);
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException("broker does not answer at " + addresses(), e);
    }
  }

  private static boolean accepts(Channel channel, String queue, Map<String, Object> arguments) {
    try {
      channel.queueDeclare(queue, true, false, false, arguments);
      return true;
    } catch (IOException _) {
      return false; // 406: the existing queue has other arguments
    }
  }

  private static OptionalLong absentOrThrow(IOException e) {
    if (String.valueOf(e.getCause()).contains("reply-code=404")) {
      return OptionalLong.empty();
    }
    throw new IllegalStateException("broker did not tell the depth", e);
  }
}
