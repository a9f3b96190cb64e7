package io.purgeline.gateway.catalogue;

import io.purgeline.location.Location;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dataset as a client registers it. */
record DatasetBody(
    @Schema(format = "uuid", description = Names.NEW_ID) @Nullable String id,
    @Nullable String name,
    @Nullable String type,
    @Nullable UUID createdByJobId,
    @Nullable List<LocationBody> locations) {

  NewDataset checked(LocationRules rules) {
    var known = Names.newId(id);
    var kind = Names.choice("type", type, List.of("iq_raw", "feature_based", "files"));
    return new NewDataset(
        known,
        Names.require("name", name),
        kind,
        createdByJobId,
        rules.ofDataset(kind, known.toString(), locations));
  }

  /** One that may be registered. */
  record NewDataset(
      UUID id, String name, String type, @Nullable UUID createdByJobId, List<Location> locations) {}
}
