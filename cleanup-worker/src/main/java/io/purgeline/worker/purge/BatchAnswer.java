package io.purgeline.worker.purge;

import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.store.ItemFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcomes of a batch, added up; there is one for each entry. */
final class BatchAnswer {

  private Tally removed = Tally.NONE;
  private Tally retained = Tally.NONE;
  private Tally failed = Tally.NONE;
  private @Nullable Instant retainedUntil;
  private final List<String> removedKeys = new ArrayList<>();
  private final List<ItemFailure> failures = new ArrayList<>();

  BatchAnswer(List<ObjectEntry> entries, List<DeleteOutcome> outcomes) {
    if (entries.size() != outcomes.size()) {
      throw new IllegalStateException(
          "the answer has " + outcomes.size() + " outcomes for " + entries.size() + " entries");
    }
    for (int i = 0; i < entries.size(); i++) {
      add(entries.get(i), outcomes.get(i));
    }
  }

  private void add(ObjectEntry entry, DeleteOutcome outcome) {
    switch (outcome) {
      case Removed() -> {
        removed = removed.plus(entry.size());
        removedKeys.add(entry.key());
      }
      case Retained(var end) -> {
        retained = retained.plus(entry.size());
        if (end != null && (retainedUntil == null || end.isBefore(retainedUntil))) {
          retainedUntil = end;
        }
      }
      case Failed(var failure) -> {
        failed = failed.plus(entry.size());
        failures.add(failure);
      }
    }
  }

  Tally removed() {
    return removed;
  }

  Tally retained() {
    return retained;
  }

  Tally failed() {
    return failed;
  }

  /** When the first lock ends; null if none is known to. */
  @Nullable Instant retainedUntil() {
    return retainedUntil;
  }

  List<String> removedKeys() {
    return removedKeys;
  }

  List<ItemFailure> failures() {
    return failures;
  }
}
