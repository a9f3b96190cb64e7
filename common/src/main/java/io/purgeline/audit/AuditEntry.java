package io.purgeline.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, or refused.
 *
 * @param actor the authenticated user, or {@code purgeline} for what the system does on its own
 * @param act what was done: {@code dataset.delete}, {@code purge.finish}, ...
 * @param resourceKind the kind of resource it was done to
 * @param resourceId its id
 * @param reason why, in the actor's words
 * @param outcome {@code accepted}, {@code refused: ...}, or the state that was reached
 * @param deletionId the deletion it belongs to
 * @param detail further members, as a JSON object
 */
public record AuditEntry(
    String actor,
    String act,
    @Nullable String resourceKind,
    @Nullable String resourceId,
    @Nullable String reason,
    String outcome,
    @Nullable UUID deletionId,
    @Nullable String detail) {

  /**
   * The actor of what nobody asked for at that moment: outcomes of purges, retries, reconciliation.
   */
  public static final String SYSTEM = "purgeline";

  /** The actor of the small deletions that prove, now and then, that everything works. */
  public static final String CANARY = "canary";
}
