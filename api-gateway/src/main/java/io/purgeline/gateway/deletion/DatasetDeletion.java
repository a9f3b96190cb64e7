package io.purgeline.gateway.deletion;

import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableDatasets;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Deletes a dataset: lock, protect, take the record out, plan the purge, announce it; in one
 * transaction. Of two requests at once one deletes and the other finds it deleted.
 */
@Component
class DatasetDeletion {

  private final DeletionTransaction transaction;
  private final DeletableDatasets datasets;
  private final Protection protection;
  private final DatasetRemoval removal;
  private final DeletionRows deletions;

  DatasetDeletion(
      DeletionTransaction transaction,
      DeletableDatasets datasets,
      Protection protection,
      DatasetRemoval removal,
      DeletionRows deletions) {
    this.transaction = transaction;
    this.datasets = datasets;
    this.protection = protection;
    this.removal = removal;
    this.deletions = deletions;
  }

  UUID delete(UUID id, Requester by) {
    var removed =
        transaction.run(() -> {
          var dataset = lock(id);
          protection.requireNotNeeded(List.of(dataset), RefusalText.DATASET);
          return removal.remove(dataset, null, by);
        });
    RequestLog.deleted(removed);
    return removed.deletion().id();
  }

  private DeletableDataset lock(UUID id) {
    return datasets.lock(List.of(id)).stream().findFirst().orElseThrow(() -> notFound(id));
  }

  private RuntimeException notFound(UUID id) {
    return deletions.notFound(ResourceKind.DATASET, id.toString(), "Dataset not found: " + id);
  }
}
