package io.purgeline.gateway.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

  /** Whether it was registered by the same request. */
  boolean isFrom(DatasetBody body, Set<String> uris) {
    return name.equals(body.name())
        && type.equals(body.type())
        && Objects.equals(createdByJobId, body.createdByJobId())
        && locations.stream().map(LocationBody::uri).collect(Collectors.toSet()).equals(uris);
  }
}
