package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import io.purgeline.location.Location;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A training as a client registers it. */
record TrainingBody(
    @Schema(pattern = "train_[0-9a-fA-F]{8,64}") @Nullable String id,
    @Nullable String name,
    @Nullable String status,
    @Nullable List<UUID> datasetIds,
    @Nullable LocationBody location) {

  private static final Pattern ID = Pattern.compile("train_[0-9a-fA-F]{8,64}");

  NewTraining checked(LocationRules rules) {
    var known = requireId(id == null ? newId() : id);
    return new NewTraining(
        known,
        Names.require("name", name),
        Names.choice("status", status == null ? "pending" : status, Statuses.ALL),
        Names.distinct("dataset_ids", datasetIds == null ? List.of() : datasetIds),
        rules.ofTraining(known, location));
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

  /** One that may be registered. */
  record NewTraining(
      String id, String name, String status, List<UUID> datasetIds, List<Location> locations) {}

  /** The change of a training. */
  record Patch(@Nullable String status) {}
}
