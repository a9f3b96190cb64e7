package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model as a client registers it.
 *
 * @param allowMissingDatasets register it although data it was trained on has been deleted
 */
record ModelBody(
    @Schema(format = "uuid", description = Names.NEW_ID) @Nullable String id,
    @Nullable String name,
    @Nullable String version,
    @Nullable List<UUID> datasetIds,
    @Nullable String trainingId,
    @Nullable Boolean isActive,
    @Nullable Boolean isProduction,
    @Nullable Boolean allowMissingDatasets) {

  NewModel checked() {
    if (datasetIds == null) {
      throw ApiException.badRequest("Invalid dataset_ids: it is missing");
    }
    return new NewModel(
        Names.newId(id),
        Names.require("name", name),
        Names.require("version", version),
        Names.distinct("dataset_ids", datasetIds),
        trainingId == null ? null : TrainingBody.requireId(trainingId),
        Boolean.TRUE.equals(isActive),
        Boolean.TRUE.equals(isProduction),
        Boolean.TRUE.equals(allowMissingDatasets));
  }

  /** One that may be registered. */
  record NewModel(
      UUID id,
      String name,
      String version,
      List<UUID> datasetIds,
      @Nullable String trainingId,
      boolean isActive,
      boolean isProduction,
      boolean allowMissingDatasets) {

    boolean serves() {
      return isActive || isProduction;
    }
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
