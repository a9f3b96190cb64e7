package io.purgeline.worker.purge;

import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import java.time.Duration;

/** Writes a task's next message. */
final class NextMessage {

  private final Outbox outbox;

  NextMessage(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * A message for a task that was worked on: the second slice and those after it go through the
   * large queue.
   */
  void request(PurgeTask task, int generation, Duration delay) {
    var queue = new WorkQueue(task.queue());
    outbox.request(queue.large(), message(task, generation), delay);
  }

  private static PurgeRequest message(PurgeTask task, int generation) {
    var resource = task.resource();
    return new PurgeRequest(
        MessageType.of(resource.kind()),
        task.id(),
        generation,
        task.deletionId(),
        resource.id(),
        resource.type(),
        task.timing().requestedAt());
  }
}
