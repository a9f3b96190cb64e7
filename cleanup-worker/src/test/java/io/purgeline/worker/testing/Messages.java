package io.purgeline.worker.testing;

import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import java.time.Instant;
import java.util.UUID;

/** Messages as the gateway writes them. */
public final class Messages {

  private Messages() {}

  public static String datasetDeleted(UUID task, int generation, UUID deletion) {
    return json(MessageType.DATASET_DELETED, task, generation, deletion, deletion.toString());
  }

  static String json(
      MessageType type, UUID task, int generation, UUID deletion, String resourceId) {
    var now = Instant.now();
    return new PurgeRequest(type, task, generation, deletion, resourceId, null, now)
        .toEvent(UUID.randomUUID(), now)
        .toJson();
  }
}
