package io.purgeline.gateway.catalogue;

import java.time.Instant;
import java.util.UUID;

/** A job as the API shows it. */
record Job(UUID id, String name, String type, String status, String owner, Instant createdAt) {

  /** Whether it was registered by the same request. */
  boolean isFrom(JobBody body) {
    return name.equals(body.name()) && type.equals(body.type());
  }
}
