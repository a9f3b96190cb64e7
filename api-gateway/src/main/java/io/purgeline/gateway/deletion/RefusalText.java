package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableModels.ProtectingModel;
import io.purgeline.gateway.catalogue.DeletableTraining;
import io.purgeline.gateway.http.ApiException;
import java.util.stream.Collectors;

/** How a deletion is refused because something is in use. Clients know these sentences. */
enum RefusalText {
  /** For who asked to delete the dataset itself. */
  DATASET {
    @Override
    String what(DeletableDataset dataset) {
      return "dataset";
    }

    @Override
    String wayOut() {
      return ".";
    }
  },
  /** For who asked to delete a job with its datasets. */
  JOB {
    @Override
    String what(DeletableDataset dataset) {
      return "dataset '" + dataset.name() + "'";
    }

    @Override
    String wayOut() {
      return ", or uncheck 'delete_dataset'.";
    }
  };

  abstract String what(DeletableDataset dataset);

  abstract String wayOut();

  ApiException refuse(DeletableDataset dataset, Blockers blockers) {
    var detail = blockers.models().isEmpty() ? byTrainings(blockers) : byModels(blockers);
    return refusal("Cannot delete " + what(dataset) + detail + wayOut(), blockers);
  }

  private static String byModels(Blockers blockers) {
    return ": it is currently used by %d active model(s): %s. Please deactivate or delete these models first"
        .formatted(blockers.models().size(), names(blockers));
  }

  private static String byTrainings(Blockers blockers) {
    var names =
        blockers.trainings().stream()
            .map(DeletableTraining::name)
            .collect(Collectors.joining(", "));
    return ": it is currently read by %d unfinished training(s): %s. Please cancel them or wait for their end first"
        .formatted(blockers.trainings().size(), names);
  }

  static ApiException training(Blockers blockers) {
    return refusal(
        "Cannot delete training: %d active model(s) were made by it: %s. Please deactivate or delete these models first."
            .formatted(blockers.models().size(), names(blockers)),
        blockers);
  }

  static ApiException atWork(DeletableTraining training) {
    return ApiException.conflict(
        "Cannot delete training: it is %s. Please wait for its end, or repeat the request with cancel=true to cancel it."
            .formatted(training.status()));
  }

  private static String names(Blockers blockers) {
    return blockers.models().stream().map(ProtectingModel::name).collect(Collectors.joining(", "));
  }

  private static ApiException refusal(String detail, Blockers blockers) {
    var refusal = ApiException.conflict(detail);
    if (!blockers.models().isEmpty()) {
      refusal.with("blocking_models", blockers.models());
    }
    if (!blockers.trainings().isEmpty()) {
      refusal.with("blocking_trainings", blockers.trainings());
    }
    return refusal;
  }
}
