package io.purgeline.worker.objects;

import io.purgeline.worker.store.ItemFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one entry of a batch. */
public sealed interface DeleteOutcome {

  /** The store confirmed that the entry is gone. */
  record Removed() implements DeleteOutcome {}

  /**
   * Retention or a legal hold keeps the version.
   *
   * @param until the end of its retention, null for a legal hold, which has none
   */
  record Retained(@Nullable Instant until) implements DeleteOutcome {}

  /** It could not be removed, for a reason of its own. */
  record Failed(ItemFailure failure) implements DeleteOutcome {}

  /** The outcome of an entry that a store which is there did not take, sent all by itself. */
  static Failed failed(ObjectEntry entry, RuntimeException problem) {
    return EntryErrors.failed(
        entry, S3Errors.codeOf(problem), String.valueOf(problem.getMessage()));
  }
}
