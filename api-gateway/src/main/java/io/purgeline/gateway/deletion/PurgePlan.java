package io.purgeline.gateway.deletion;

import io.purgeline.database.Ids;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.catalogue.DeletableLocations.HandedOver;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One purge task for each location, and the message that asks for it. A dataset without locations
 * has one task for its rows. Owner of the inserts into {@code purge_task}.
 */
@Component
class PurgePlan {

  private static final int FIRST_GENERATION = 1;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final Clock clock;
  private final DeletionProgress progress;

  PurgePlan(JdbcClient jdbc, Outbox outbox, Clock clock, DeletionProgress progress) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.clock = clock;
    this.progress = progress;
  }

  void write(NewDeletion deletion, List<HandedOver> locations) {
    for (var handed : locations) {
      write(deletion, WorkQueue.of(handed.location()), handed);
    }
    if (locations.isEmpty() && deletion.kind() == ResourceKind.DATASET) {
      write(deletion, WorkQueue.RECORDS, null);
    } else if (locations.isEmpty()) {
      progress.refresh(deletion.id()); // nothing to purge: no worker will ever say so
    }
  }

  private void write(NewDeletion deletion, WorkQueue queue, @Nullable HandedOver handed) {
    var taskId = Ids.next();
    insert(taskId, deletion, queue, handed);
    outbox.request(queue, message(taskId, deletion), Duration.ZERO);
  }

  private void insert(
      UUID taskId, NewDeletion deletion, WorkQueue queue, @Nullable HandedOver handed) {
    var isDataset = deletion.kind() == ResourceKind.DATASET;
    jdbc.sql(
            """
            insert into purge_task (id, deletion_id, location_id, location, dataset_id, queue, state, generation)
            values (:id, :deletion_id, :location_id, :location, :dataset_id, :queue, 'PENDING', :generation)
            """)
        .param("id", taskId)
        .param("deletion_id", deletion.id())
        .param("location_id", handed == null ? null : handed.id())
        .param("location", handed == null ? null : handed.location().uri())
        .param("dataset_id", isDataset ? UUID.fromString(deletion.resourceId()) : null)
        .param("queue", queue.name())
        .param("generation", FIRST_GENERATION)
        .update();
  }

  private PurgeRequest message(UUID taskId, NewDeletion deletion) {
    return new PurgeRequest(
        MessageType.of(deletion.kind()),
        taskId,
        FIRST_GENERATION,
        deletion.id(),
        deletion.resourceId(),
        deletion.type(),
        clock.instant());
  }
}
