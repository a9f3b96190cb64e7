package io.purgeline.gateway.catalogue;

import java.time.Instant;
import java.util.UUID;

/** A job as the API shows it. */
record Job(UUID id, String name, String type, String status, String owner, Instant createdAt) {}
