package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableLocations;
import io.purgeline.gateway.catalogue.DeletableLocations.HandedOver;
import io.purgeline.gateway.catalogue.DeletableTraining;
import io.purgeline.gateway.catalogue.DeletableTrainings;
import io.purgeline.location.Location;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes a training out that is locked and that nobody needs, and has its bytes purged. */
@Component
class TrainingRemoval {

  private final DeletableTrainings trainings;
  private final DeletableLocations locations;
  private final DeletionRows deletions;
  private final PurgePlan plan;
  private final Announcement announcement;

  TrainingRemoval(
      DeletableTrainings trainings,
      DeletableLocations locations,
      DeletionRows deletions,
      PurgePlan plan,
      Announcement announcement) {
    this.trainings = trainings;
    this.locations = locations;
    this.deletions = deletions;
    this.plan = plan;
    this.announcement = announcement;
  }

  Removed remove(DeletableTraining training, Requester by) {
    var deletion = NewDeletion.of(training, by);
    deletions.insert(deletion, trainings.snapshot(training.id()));
    trainings.remove(training.id());
    var handed = locations.handOver(deletion.kind().label(), deletion.resourceId(), deletion.id());
    plan.write(deletion, handed);
    announcement.requested(deletion);
    if (training.mustBeCancelled()) {
      announcement.cancelled(deletion);
    }
    return new Removed(deletion, handed.stream().map(HandedOver::location).toList());
  }

  /** A training that is gone, and the places to purge. */
  record Removed(NewDeletion deletion, List<Location> locations) {}
}
