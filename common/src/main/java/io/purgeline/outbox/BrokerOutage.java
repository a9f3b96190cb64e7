package io.purgeline.outbox;

import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.AmqpTimeoutException;

/** Tells a broker that cannot be reached from a message that it does not take. */
final class BrokerOutage {

  private BrokerOutage() {}

  /**
   * Whether the connection is at fault. One that only lost its channel is well: the broker closes a
   * channel over the message before, and the client reports that like a lost connection.
   */
  static boolean isMeantBy(RuntimeException thrown) {
    return switch (thrown) {
      case AmqpConnectException e -> !isOfOneChannel(e);
      case AmqpIOException e -> !isOfOneChannel(e);
      case AmqpTimeoutException _, AmqpAuthenticationException _ -> true;
      default -> false;
    };
  }

  private static boolean isOfOneChannel(Throwable thrown) {
    for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ShutdownSignalException signal) {
        return !signal.isHardError();
      }
    }
    return false;
  }
}
