package io.purgeline.worker.purge;

import io.purgeline.deletion.ResourceKind;
import io.purgeline.location.Location;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claimed task, as the database tells it.
 *
 * @param locationId the location it empties, null for a task that has rows only
 * @param location where its bytes are, null for a task that has rows only
 * @param datasetId the dataset whose rows go with it, null for other resources
 * @param queue the queue of its store, not its large twin
 * @param attempts failed attempts so far
 * @param slices slices so far, this one included
 * @param cursor where the slice before left off, as JSON
 * @param replayOf how it failed before it was replayed, null if it was not
 * @param settle whether somebody may still have been writing when it was deleted
 * @param timing when it may be called purged
 */
record PurgeTask(
    UUID id,
    UUID deletionId,
    Resource resource,
    @Nullable UUID locationId,
    @Nullable Location location,
    @Nullable UUID datasetId,
    String queue,
    int attempts,
    int slices,
    @Nullable String cursor,
    @Nullable String replayOf,
    boolean settle,
    Timing timing) {

  /** What was deleted. */
  record Resource(ResourceKind kind, String id, @Nullable String type) {}

  /**
   * Moments that matter, all on the database's clock.
   *
   * @param claimedAt when this slice was claimed
   * @param requestedAt when the deletion was asked for
   * @param settleUntil how long the location has to stay empty, null if that time has not begun
   */
  record Timing(Instant claimedAt, Instant requestedAt, @Nullable Instant settleUntil) {}
}
