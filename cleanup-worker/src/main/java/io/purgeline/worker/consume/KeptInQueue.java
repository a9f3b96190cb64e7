package io.purgeline.worker.consume;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message stays where it is and comes again after a pause. Until then it is unanswered, so that
 * others are delivered past it, as many as the consumer may hold.
 */
final class KeptInQueue implements Refusal {

  private static final Logger log = LoggerFactory.getLogger(KeptInQueue.class);

  private final Duration pause;

  KeptInQueue(Duration pause) {
    this.pause = pause;
  }

  @Override
  public void refuse(Channel channel, long deliveryTag) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> giveBack(channel, deliveryTag));
  }

  private static void giveBack(Channel channel, long deliveryTag) {
    try {
      channel.basicNack(deliveryTag, false, true);
    } catch (IOException | RuntimeException e) {
      log.debug("the channel is gone, and the broker has it back already: {}", e.toString());
    }
  }
}
