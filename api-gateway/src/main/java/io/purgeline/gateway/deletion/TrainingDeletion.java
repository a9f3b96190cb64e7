package io.purgeline.gateway.deletion;

import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.catalogue.DeletableTraining;
import io.purgeline.gateway.catalogue.DeletableTrainings;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Deletes a training: lock, protect, take the record out, plan the purge, announce it. */
@Component
class TrainingDeletion {

  private final DeletionTransaction transaction;
  private final DeletableTrainings trainings;
  private final Protection protection;
  private final TrainingRemoval removal;
  private final DeletionRows deletions;

  TrainingDeletion(
      DeletionTransaction transaction,
      DeletableTrainings trainings,
      Protection protection,
      TrainingRemoval removal,
      DeletionRows deletions) {
    this.transaction = transaction;
    this.trainings = trainings;
    this.protection = protection;
    this.removal = removal;
    this.deletions = deletions;
  }

  UUID delete(String id, boolean cancel, Requester by) {
    var removed =
        transaction.run(() -> {
          var training = trainings.lock(id).orElseThrow(() -> notFound(id));
          requireNotNeeded(training, cancel);
          return removal.remove(training, by);
        });
    RequestLog.deleted(removed.deletion(), removed.locations());
    return removed.deletion().id();
  }

  private void requireNotNeeded(DeletableTraining training, boolean cancel) {
    var blockers = protection.lockedMakingsOf(training);
    if (!blockers.areNone()) {
      throw RefusalText.training(blockers);
    }
    if (training.mustBeCancelled() && !cancel) {
      throw RefusalText.atWork(training);
    }
  }

  private RuntimeException notFound(String id) {
    return deletions.notFound(ResourceKind.TRAINING, id, "Training not found: " + id);
  }
}
