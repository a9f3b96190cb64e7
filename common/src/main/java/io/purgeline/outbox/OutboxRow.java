package io.purgeline.outbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that waits to be published. */
record OutboxRow(
    long id,
    UUID eventId,
    String exchange,
    String routingKey,
    String type,
    boolean mandatory,
    @Nullable UUID deletionId,
    @Nullable UUID taskId,
    String payload,
    @Nullable String traceparent,
    int attempts) {}
