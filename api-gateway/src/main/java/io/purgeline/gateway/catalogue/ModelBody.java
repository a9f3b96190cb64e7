package io.purgeline.gateway.catalogue;

import io.purgeline.database.Ids;
import io.purgeline.gateway.http.ApiException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A model as a client registers it. */
record ModelBody(
    @Nullable UUID id,
    @Nullable String name,
    @Nullable String version,
    @Nullable List<UUID> datasetIds,
    @Nullable String trainingId,
    @Nullable Boolean isActive,
    @Nullable Boolean isProduction) {

  ModelBody checked() {
    if (datasetIds == null) {
      throw ApiException.badRequest("Invalid dataset_ids: it is missing");
    }
    Names.fewEnough("dataset_ids", datasetIds);
    return new ModelBody(
        id == null ? Ids.next() : id,
        Names.require("name", name),
        Names.require("version", version),
        List.copyOf(datasetIds),
        trainingId == null ? null : TrainingBody.requireId(trainingId),
        Boolean.TRUE.equals(isActive),
        Boolean.TRUE.equals(isProduction));
  }

  List<UUID> datasets() {
    return datasetIds == null ? List.of() : datasetIds;
  }

  /**
   * The change of a model; what is left out stays as it is.
   *
   * @param allowMissingDatasets activate it although data it was trained on has been deleted
   */
  record Patch(
      @Nullable Boolean isActive,
      @Nullable Boolean isProduction,
      @Nullable Boolean allowMissingDatasets) {

    boolean activates() {
      return Boolean.TRUE.equals(isActive) || Boolean.TRUE.equals(isProduction);
    }
  }
}
