package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.catalogue.ModelBody.NewModel;
import io.purgeline.gateway.http.ApiException;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Lets models into service. A model that serves protects all of its datasets, so they are locked
 * before it, as everywhere: a dataset that is being deleted at this moment is either seen as gone
 * here, or its deletion waits and sees the model.
 */
@Component
class ModelActivation {

  private final Models models;
  private final DatasetLocks datasets;
  private final Reservations reservations;

  ModelActivation(Models models, DatasetLocks datasets, Reservations reservations) {
    this.models = models;
    this.datasets = datasets;
    this.reservations = reservations;
  }

  /** Part of a transaction of the caller's, as the other. */
  Registered<Model> register(NewModel model, String owner) {
    var missing = datasets.share(model.datasetIds());
    var isNew = models.insert(model, owner);
    if (isNew) {
      requireDatasets(model, missing);
    } else if (!models.isRepeated(model)) {
      throw ApiException.conflict(
          models.isTaken(model.id())
              ? "Another model has the id " + model.id()
              : "A model named '%s' with version '%s' exists already"
                  .formatted(model.name(), model.version()));
    }
    return new Registered<>(models.one(model.id()), isNew);
  }

  private void requireDatasets(NewModel model, Set<UUID> missing) {
    for (var id : missing) {
      var mayBeMissing = model.serves() || model.allowMissingDatasets();
      if (!mayBeMissing || !reservations.wasDeleted(id)) {
        throw reservations.missingDataset(id);
      }
    }
    if (!model.allowMissingDatasets()) {
      requireNone(missing);
    }
  }

  Model change(UUID id, ModelBody.Patch patch) {
    var missing = datasets.share(models.one(id).datasetIds());
    if (patch.activates() && !Boolean.TRUE.equals(patch.allowMissingDatasets())) {
      requireNone(missing);
    }
    models.set(id, patch.isActive(), patch.isProduction());
    return models.one(id);
  }

  private static void requireNone(Set<UUID> missing) {
    if (!missing.isEmpty()) {
      throw ApiException.conflict(
              "Cannot activate model: %d of its datasets were deleted. Set allow_missing_datasets to activate it without them."
                  .formatted(missing.size()))
          .with("missing_datasets", missing);
    }
  }
}
