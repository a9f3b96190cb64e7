package io.purgeline.worker.purge;

import org.jspecify.annotations.Nullable;

/** Asks the broker how many messages wait in a queue. */
@FunctionalInterface
public interface QueueDepth {

  /**
   * How many are ready; 0 also for a queue that does not exist, null if the broker cannot be asked.
   */
  @Nullable Long of(String queue);
}
