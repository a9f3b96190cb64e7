package io.purgeline.gateway.catalogue;

import java.util.List;
import java.util.Set;

/** Where jobs and trainings stand. */
final class Statuses {

  static final List<String> ALL =
      List.of("pending", "queued", "running", "paused", "completed", "failed", "cancelled");

  /** In these a training reads its datasets, now or as soon as it goes on. */
  static final Set<String> READING = Set.of("queued", "running", "paused");

  private Statuses() {}
}
