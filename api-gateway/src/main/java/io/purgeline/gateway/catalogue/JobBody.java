package io.purgeline.gateway.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as a client registers it. */
record JobBody(
    @Schema(format = "uuid", description = Names.NEW_ID) @Nullable String id,
    @Nullable String name,
    @Nullable String type,
    @Nullable String status) {

  NewJob checked() {
    return new NewJob(
        Names.newId(id),
        Names.require("name", name),
        Names.choice("type", type, List.of("synthetic_generation", "training")),
        Names.choice("status", status == null ? "pending" : status, Statuses.ALL));
  }

  /** One that may be registered. */
  record NewJob(UUID id, String name, String type, String status) {}

  /** The change of a job. */
  record Patch(@Nullable String status) {}
}
