package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableModels.ProtectingModel;
import io.purgeline.gateway.catalogue.DeletableTraining;
import io.purgeline.location.Location;
import java.util.List;
import java.util.UUID;

/**
 * What a DELETE would do now.
 *
 * @param allowed whether it would be accepted
 * @param blockedBy what stands in its way
 * @param datasets the datasets that would go
 * @param locations the places that would be purged
 * @param objects how many registered objects they hold
 * @param bytes the size of those
 */
record Preview(
    boolean allowed,
    Blocked blockedBy,
    List<Part> datasets,
    List<String> locations,
    long objects,
    long bytes) {

  static Preview of(List<DeletableDataset> datasets, List<Location> locations, Blockers by) {
    return new Preview(
        by.areNone(),
        new Blocked(by.models(), by.trainings()),
        datasets.stream().map(Part::of).toList(),
        locations.stream().map(Location::uri).toList(),
        datasets.stream().mapToLong(DeletableDataset::samples).sum(),
        datasets.stream().mapToLong(DeletableDataset::bytes).sum());
  }

  /** What stands in the way: models in use, unfinished trainings. */
  record Blocked(List<ProtectingModel> models, List<DeletableTraining> trainings) {}

  /** A dataset that would go, with its registered objects. */
  record Part(UUID id, String name, String type, long objects, long bytes) {

    static Part of(DeletableDataset dataset) {
      return new Part(
          dataset.id(), dataset.name(), dataset.type(), dataset.samples(), dataset.bytes());
    }
  }
}
