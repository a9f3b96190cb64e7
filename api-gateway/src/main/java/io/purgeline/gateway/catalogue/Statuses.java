package io.purgeline.gateway.catalogue;

import java.util.List;

/** Where jobs and trainings stand. */
final class Statuses {

  static final List<String> ALL =
      List.of("pending", "queued", "running", "paused", "completed", "failed", "cancelled");

  private Statuses() {}
}
