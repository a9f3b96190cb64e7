package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A training as a client registers it. */
record TrainingBody(
    @Nullable String id,
    @Nullable String name,
    @Nullable String status,
    @Nullable List<UUID> datasetIds,
    @Nullable LocationBody location) {

  private static final Pattern ID = Pattern.compile("train_[0-9a-f]{8,64}");

  TrainingBody checked() {
    var datasets = datasetIds == null ? List.<UUID>of() : List.copyOf(datasetIds);
    Names.fewEnough("dataset_ids", datasets);
    return new TrainingBody(
        requireId(id == null ? newId() : id),
        Names.require("name", name),
        Names.choice("status", status == null ? "pending" : status, Statuses.ALL),
        datasets,
        location);
  }

  static String requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw ApiException.badRequest("Invalid training_id format");
    }
    return id;
  }

  private static String newId() {
    return "train_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  List<UUID> datasets() {
    return datasetIds == null ? List.of() : datasetIds;
  }

  /** The change of a training. */
  record Patch(@Nullable String status) {}
}
