package io.purgeline.worker.testing;

import io.purgeline.deletion.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A purge task as its row tells it. */
public record TaskView(
    UUID id,
    TaskState state,
    int generation,
    int attempts,
    int barrenClaims,
    Tally objects,
    Tally bytes,
    @Nullable String errorClass,
    @Nullable String error,
    @Nullable String leaseOwner,
    @Nullable Instant nextAttemptAt) {

  /** The message that asks for its next slice. */
  public String message(UUID deletionId) {
    return Messages.datasetDeleted(id, generation, deletionId);
  }
}
