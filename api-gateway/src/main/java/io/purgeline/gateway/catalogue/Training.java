package io.purgeline.gateway.catalogue;

import java.time.Instant;
import java.util.List;
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
    Instant createdAt) {}
