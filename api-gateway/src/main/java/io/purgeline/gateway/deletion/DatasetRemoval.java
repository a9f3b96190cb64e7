package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableDatasets;
import io.purgeline.gateway.catalogue.DeletableLocations;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes a dataset out that is locked and that nobody needs, and has its bytes purged. */
@Component
class DatasetRemoval {

  private final DeletableDatasets datasets;
  private final DeletableLocations locations;
  private final DeletionRows deletions;
  private final PurgePlan plan;
  private final Announcement announcement;

  DatasetRemoval(
      DeletableDatasets datasets,
      DeletableLocations locations,
      DeletionRows deletions,
      PurgePlan plan,
      Announcement announcement) {
    this.datasets = datasets;
    this.locations = locations;
    this.deletions = deletions;
    this.plan = plan;
    this.announcement = announcement;
  }

  Removed remove(DeletableDataset dataset, @Nullable UUID parentId, Requester by) {
    var deletion = NewDeletion.of(dataset, parentId, by);
    deletions.insert(deletion, datasets.snapshot(dataset.id()));
    datasets.remove(dataset.id());
    var handed = locations.handOver(deletion.kind().label(), deletion.resourceId(), deletion.id());
    plan.write(deletion, handed);
    announcement.requested(deletion);
    return new Removed(dataset, deletion);
  }

  /** A dataset that is gone, and the deletion it became. */
  record Removed(DeletableDataset dataset, NewDeletion deletion) {}
}
