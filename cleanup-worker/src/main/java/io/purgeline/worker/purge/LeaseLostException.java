package io.purgeline.worker.purge;

import java.util.UUID;

/** The task is not ours any more. Whoever sees this stops at once and records nothing. */
final class LeaseLostException extends RuntimeException {

  LeaseLostException(UUID taskId) {
    super("the lease of task " + taskId + " was lost");
  }
}
