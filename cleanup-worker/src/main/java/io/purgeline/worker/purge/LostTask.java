package io.purgeline.worker.purge;

import io.purgeline.database.Columns;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.PurgeRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task nobody holds.
 *
 * @param barrenClaims so many workers in a row were lost over it without having got anywhere
 * @param leaseOwner the worker that was lost, null if no worker held it
 * @param replayOf how it failed before it was replayed, null if it was not
 */
record LostTask(
    UUID id,
    UUID deletionId,
    String queue,
    int generation,
    int barrenClaims,
    @Nullable String leaseOwner,
    @Nullable String replayOf,
    ResourceKind kind,
    String resourceId,
    @Nullable String resourceType,
    Instant requestedAt,
    @Nullable String traceparent) {

  static LostTask read(ResultSet row, int number) throws SQLException {
    return new LostTask(
        row.getObject("id", UUID.class),
        row.getObject("deletion_id", UUID.class),
        row.getString("queue"),
        row.getInt("generation"),
        row.getInt("barren_claims"),
        row.getString("lease_owner"),
        row.getString("replay_of"),
        ResourceKind.of(row.getString("resource_kind")),
        row.getString("resource_id"),
        row.getString("resource_type"),
        Columns.instant(row, "requested_at"),
        row.getString("traceparent"));
  }

  /** Its next message, under the next generation. */
  PurgeRequest message() {
    return new PurgeRequest(
        MessageType.of(kind),
        id,
        generation + 1,
        deletionId,
        resourceId,
        resourceType,
        requestedAt);
  }
}
