package io.purgeline.gateway.catalogue;

import java.util.Set;
import java.util.UUID;

/** What a deletion needs to know of a job. */
public record DeletableJob(UUID id, String name, String type, String status) {

  /** The type of jobs that generate datasets. */
  public static final String SYNTHETIC = "synthetic_generation";

  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

  /** Whether it writes nothing any more. */
  public boolean hasEnded() {
    return ENDED.contains(status);
  }
}
