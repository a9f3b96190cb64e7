package io.purgeline.worker.consume;

import com.rabbitmq.client.Channel;
import java.io.IOException;

/** What becomes of a message that an error of the program keeps from being handled. */
@FunctionalInterface
interface Refusal {

  /** The broker leads it to its dead letters. */
  Refusal TO_THE_DEAD_LETTERS = (channel, tag) -> channel.basicReject(tag, false);

  void refuse(Channel channel, long deliveryTag) throws IOException;
}
