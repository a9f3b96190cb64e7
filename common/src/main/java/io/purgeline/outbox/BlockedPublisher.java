package io.purgeline.outbox;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;

/**
 * Whether the broker lets the publishers' connection publish nothing, because it is short of memory
 * or disk. The broker tells it once on each connection that publishes. A connection that is given
 * up meanwhile proves nothing, so the last word counts a little longer, until the next one has had
 * time to publish.
 */
final class BlockedPublisher implements ConnectionListener, BlockedListener {

  /** A row that was not confirmed is sent again within this time. */
  private static final Duration LAST_WORD = Duration.ofMinutes(2);

  private volatile boolean blocked;
  private volatile boolean open;
  private volatile long closedAtNanos;

  /** Whether nothing can be published, as far as is known. */
  boolean isBlocked() {
    return blocked && (open || System.nanoTime() - closedAtNanos < LAST_WORD.toNanos());
  }

  /** The broker took something. */
  void published() {
    blocked = false;
  }

  @Override
  public void onCreate(@Nullable Connection connection) {
    open = true;
    if (connection != null) {
      connection.addBlockedListener(this);
    }
  }

  @Override
  public void onClose(@Nullable Connection connection) {
    closed();
  }

  @Override
  public void onShutDown(ShutdownSignalException signal) {
    closed();
  }

  private void closed() {
    closedAtNanos = System.nanoTime();
    open = false;
  }

  @Override
  public void handleBlocked(String reason) {
    blocked = true;
  }

  @Override
  public void handleUnblocked() {
    blocked = false;
  }
}
