package io.purgeline.gateway.deletion;

import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableDatasets;
import io.purgeline.gateway.catalogue.DeletableLocations;
import io.purgeline.gateway.catalogue.DeletableTrainings;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.location.Location;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says what a DELETE would do, by the same rules, changing and locking nothing. */
@Component
class Previews {

  private final DeletableDatasets datasets;
  private final DeletableTrainings trainings;
  private final DeletableLocations locations;
  private final JobLock jobs;
  private final Protection protection;

  Previews(
      DeletableDatasets datasets,
      DeletableTrainings trainings,
      DeletableLocations locations,
      JobLock jobs,
      Protection protection) {
    this.datasets = datasets;
    this.trainings = trainings;
    this.locations = locations;
    this.jobs = jobs;
    this.protection = protection;
  }

  Preview ofDataset(UUID id) {
    var found = datasets.find(List.of(id));
    if (found.isEmpty()) {
      throw ApiException.notFound("Dataset not found: " + id);
    }
    return of(found);
  }

  Preview ofJob(JobRequest request) {
    return of(jobs.find(request).datasets());
  }

  Preview ofTraining(String id, boolean cancel) {
    var training =
        trainings.find(id).orElseThrow(() -> ApiException.notFound("Training not found: " + id));
    var makings = protection.makingsOf(training);
    var blockers =
        training.mustBeCancelled() && !cancel
            ? new Blockers(makings.models(), List.of(training))
            : makings;
    return Preview.of(List.of(), places(ResourceKind.TRAINING, id), blockers);
  }

  private Preview of(List<DeletableDataset> found) {
    var places =
        found.stream()
            .flatMap(dataset -> places(ResourceKind.DATASET, dataset.id().toString()).stream())
            .toList();
    return Preview.of(found, places, protection.of(found));
  }

  private List<Location> places(ResourceKind kind, String id) {
    return locations.of(kind.label(), id);
  }
}
