package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableModels;
import io.purgeline.gateway.catalogue.DeletableModels.ModelUse;
import io.purgeline.gateway.catalogue.DeletableTraining;
import io.purgeline.gateway.catalogue.DeletableTrainings;
import io.purgeline.gateway.catalogue.DeletableTrainings.TrainingReading;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who needs what is to be deleted. A deletion asks under lock, a preview without. */
@Component
class Protection {

  private final DeletableModels models;
  private final DeletableTrainings trainings;

  Protection(DeletableModels models, DeletableTrainings trainings) {
    this.models = models;
    this.trainings = trainings;
  }

  /**
   * Refuses if one of these datasets, already locked, is needed; the first of them is named. The
   * models are locked before they are looked at: one that is being activated at this moment either
   * is seen, or waits and finds its dataset gone.
   */
  void requireNotNeeded(List<DeletableDataset> datasets, RefusalText text) {
    var ids = ids(datasets);
    models.lockTrainedOn(ids);
    var uses = models.inUseTrainedOn(ids);
    var readings = trainings.reading(ids);
    for (var dataset : datasets) {
      var blockers = blockers(List.of(dataset.id()), uses, readings);
      if (!blockers.areNone()) {
        throw text.refuse(dataset, blockers);
      }
    }
  }

  /** The same for a training that is to be deleted. */
  Blockers lockedMakingsOf(DeletableTraining training) {
    models.lockMadeBy(training.id());
    return makingsOf(training);
  }

  /** What protects these datasets now. */
  Blockers of(List<DeletableDataset> datasets) {
    var ids = ids(datasets);
    return blockers(ids, models.inUseTrainedOn(ids), trainings.reading(ids));
  }

  /** What protects a training now, besides its own work. */
  Blockers makingsOf(DeletableTraining training) {
    return new Blockers(models.inUseMadeBy(training.id()), List.of());
  }

  private static Blockers blockers(
      Collection<UUID> ids, List<ModelUse> uses, List<TrainingReading> readings) {
    return new Blockers(
        uses.stream().filter(use -> ids.contains(use.datasetId())).map(ModelUse::model).toList(),
        readings.stream()
            .filter(reading -> ids.contains(reading.datasetId()))
            .map(TrainingReading::training)
            .toList());
  }

  private static List<UUID> ids(List<DeletableDataset> datasets) {
    return datasets.stream().map(DeletableDataset::id).toList();
  }
}
