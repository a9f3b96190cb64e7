package io.purgeline.gateway.catalogue;

import io.purgeline.database.Ids;
import io.purgeline.location.Location;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dataset as a client registers it. */
record DatasetBody(
    @Nullable UUID id,
    @Nullable String name,
    @Nullable String type,
    @Nullable UUID createdByJobId,
    @Nullable List<LocationBody> locations) {

  NewDataset checked(LocationRules rules) {
    var known = id == null ? Ids.next() : id;
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
