package io.purgeline.worker.objects;

import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
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

  /**
   * The outcome of an entry that was sent all by itself, if the store's own answer says what is
   * wrong: without one, nobody knows what became of it.
   */
  static Optional<Failed> failed(ObjectEntry entry, RuntimeException problem) {
    var code =
        switch (problem) {
          case RefusedException e -> e.failure().code();
          case StoreUnavailableException e -> e.code();
          default -> null;
        };
    return Optional.ofNullable(code)
        .map(c -> EntryErrors.failed(entry, c, String.valueOf(problem.getMessage())));
  }
}
