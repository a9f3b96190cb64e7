package io.purgeline.gateway.catalogue;

import java.util.Set;

/** What a deletion needs to know of a training. */
public record DeletableTraining(String id, String name, String status) {

  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");
  private static final Set<String> AT_WORK = Set.of("queued", "running");

  /** Whether it writes nothing any more. */
  public boolean hasEnded() {
    return ENDED.contains(status);
  }

  /** Whether it has to be cancelled before it can go. */
  public boolean mustBeCancelled() {
    return AT_WORK.contains(status);
  }
}
