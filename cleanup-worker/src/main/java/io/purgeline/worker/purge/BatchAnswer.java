package io.purgeline.worker.purge;

import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.store.ItemFailure;
import java.util.ArrayList;
import java.util.List;

/** The outcomes of a batch, added up; there is one for each entry. */
final class BatchAnswer {

  private Tally removed = Tally.NONE;
  private Tally retained = Tally.NONE;
  private Tally failed = Tally.NONE;
  private Locks locks = Locks.NONE;
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
        locks = locks.plus(end);
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

  /** What keeps the retained. */
  Locks locks() {
    return locks;
  }

  List<String> removedKeys() {
    return removedKeys;
  }

  List<ItemFailure> failures() {
    return failures;
  }
}
