package io.purgeline.gateway.deletion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.purgeline.deletion.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purge task as the API shows it.
 *
 * @param location null if there are only rows to remove
 * @param generation how often it was begun anew
 * @param attempts that failed
 * @param nextAttemptAt when it goes on, if it waits
 * @param lastError what went wrong last
 */
record TaskView(
    UUID id,
    @Nullable String location,
    TaskState state,
    int generation,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable LastError lastError,
    Amounts objects,
    Amounts bytes) {

  /** Why the last attempt failed. */
  record LastError(
      @JsonProperty("class") @Nullable String errorClass,
      @Nullable String message,
      @Nullable Instant at) {}
}
