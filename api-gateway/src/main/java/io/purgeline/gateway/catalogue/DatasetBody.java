package io.purgeline.gateway.catalogue;

import io.purgeline.database.Ids;
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

  DatasetBody checked() {
    return new DatasetBody(
        id == null ? Ids.next() : id,
        Names.require("name", name),
        Names.choice("type", type, List.of("iq_raw", "feature_based", "files")),
        createdByJobId,
        locations);
  }
}
