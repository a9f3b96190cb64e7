package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableModels.ProtectingModel;
import io.purgeline.gateway.catalogue.DeletableTraining;
import java.util.List;

/**
 * What stands in the way of a deletion.
 *
 * @param models active or in production
 * @param trainings that are not finished
 */
record Blockers(List<ProtectingModel> models, List<DeletableTraining> trainings) {

  static final Blockers NONE = new Blockers(List.of(), List.of());

  Blockers {
    models = models.stream().distinct().toList();
    trainings = trainings.stream().distinct().toList();
  }

  boolean areNone() {
    return models.isEmpty() && trainings.isEmpty();
  }
}
