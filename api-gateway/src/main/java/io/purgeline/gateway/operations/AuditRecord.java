package io.purgeline.gateway.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An entry of the audit trail as the API shows it. */
record AuditRecord(
    long id,
    Instant at,
    String actor,
    String act,
    @Nullable String resourceKind,
    @Nullable String resourceId,
    @Nullable String reason,
    String outcome,
    @Nullable UUID deletionId,
    @Nullable JsonNode detail) {}
