package io.purgeline.gateway.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.purgeline.deletion.FailureClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A purge that gave up, or a message that nobody could read.
 *
 * @param deletionId the deletion, null if the message named none that is known
 * @param taskId the purge task
 * @param resource what was deleted
 * @param location which place of it could not be purged, null if it has none
 * @param failureClass why it gave up
 * @param group what those have in common that failed for the same cause
 * @param failed the first keys or paths that could not be purged
 * @param bytes how much is left
 * @param replays how often it was put back
 * @param resolvedAt when it went through after all
 * @param worker which worker gave up
 * @param version the version it ran
 */
record DeadLetterView(
    UUID id,
    @Nullable UUID deletionId,
    @Nullable UUID taskId,
    @Nullable Resource resource,
    @Nullable String location,
    @JsonProperty("class") FailureClass failureClass,
    String group,
    DeadLetterState state,
    String message,
    List<Failed> failed,
    long bytes,
    int attempts,
    int replays,
    Instant firstAt,
    Instant lastAt,
    @Nullable Instant snoozedUntil,
    @Nullable Instant resolvedAt,
    @Nullable String worker,
    @Nullable String version,
    @Nullable String traceId) {

  /** What was deleted. */
  record Resource(String kind, String id, String name) {}

  /** A key or path, with the store's code. */
  record Failed(String what, String code) {}

  /**
   * A dead letter with everything that is known of its cause.
   *
   * @param decision why it was discarded or snoozed
   * @param body the message as it came, if it is text
   * @param bodyBase64 the message as it came, if it is not
   * @param history the last 100 attempts that failed, the first one first
   */
  record Detail(
      @JsonUnwrapped DeadLetterView letter,
      @Nullable Decision decision,
      @Nullable String exception,
      @Nullable String stack,
      @Nullable String body,
      @JsonProperty("body_base64") @Nullable String bodyBase64,
      @Nullable JsonNode headers,
      List<Attempt> history) {}

  /** What an operator decided. */
  record Decision(String reason, String by, Instant at) {}

  /** An attempt that failed. */
  record Attempt(
      Instant at,
      int generation,
      String worker,
      @JsonProperty("class") FailureClass failureClass,
      String exception,
      String message,
      String group) {}
}
