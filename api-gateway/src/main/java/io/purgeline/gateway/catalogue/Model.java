package io.purgeline.gateway.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A model as the API shows it. */
record Model(
    UUID id,
    String name,
    String version,
    List<UUID> datasetIds,
    @Nullable String trainingId,
    boolean isActive,
    boolean isProduction,
    String owner,
    Instant createdAt) {}
