package io.purgeline.gateway.catalogue;

import io.purgeline.location.Location;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A training as the API shows it. */
record Training(
    String id,
    String name,
    String status,
    List<UUID> datasetIds,
    @Nullable LocationBody location,
    String owner,
    Instant createdAt) {

  /** Whether it was registered by the same request. */
  boolean isFrom(TrainingBody body, List<Location> places) {
    var uri = location == null ? null : location.uri();
    return name.equals(body.name())
        && Set.copyOf(datasetIds).equals(Set.copyOf(body.datasets()))
        && Objects.equals(uri, places.getFirst().uri());
  }
}
