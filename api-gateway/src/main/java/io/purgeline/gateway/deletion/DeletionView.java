package io.purgeline.gateway.deletion;

import io.purgeline.deletion.DeletionState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deletion as the API shows it. That of a job counts and lists the tasks of its datasets.
 *
 * @param purgeAfter the purge begins no sooner
 * @param finishedAt when the state became final
 * @param parentId the deletion of the job it is part of
 * @param verified what could be verified so far
 */
record DeletionView(
    UUID id,
    Resource resource,
    DeletionState state,
    String actor,
    @Nullable String reason,
    Instant requestedAt,
    Instant purgeAfter,
    @Nullable Instant finishedAt,
    @Nullable UUID parentId,
    Amounts objects,
    Amounts bytes,
    Verified verified,
    List<TaskView> tasks) {

  /** What was deleted. */
  record Resource(String kind, String id, String name, @Nullable String type) {}

  /**
   * What a fresh look at the store confirmed.
   *
   * @param objects that nothing is left but what a lock retains
   * @param uploads that no incomplete upload is left: null while not known, false where the store
   *     can't tell
   */
  record Verified(boolean objects, @Nullable Boolean uploads) {}
}
