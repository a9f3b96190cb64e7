package io.purgeline.gateway.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dataset as the API shows it. */
record Dataset(
    UUID id,
    String name,
    String type,
    @Nullable UUID createdByJobId,
    List<LocationBody> locations,
    long sampleCount,
    long sampleBytes,
    List<User> models,
    String owner,
    Instant createdAt) {

  /** A model that uses it. */
  record User(UUID id, String name, String version, boolean isActive, boolean isProduction) {}
}
