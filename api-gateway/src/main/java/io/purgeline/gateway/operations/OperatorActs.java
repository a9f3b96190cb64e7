package io.purgeline.gateway.operations;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Refusals;
import io.purgeline.gateway.http.Refusals.Attempt;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What operators do, each in one transaction with its entry in the audit trail. */
@Component
public class OperatorActs {

  private final TransactionOperations transactions;
  private final AuditTrail audit;
  private final Refusals refusals;

  OperatorActs(TransactionOperations transactions, AuditTrail audit, Refusals refusals) {
    this.transactions = transactions;
    this.audit = audit;
    this.refusals = refusals;
  }

  /** Does it and records it; if it is refused, nothing but the refusal is recorded. */
  public <T> T perform(Act act, Function<Requester, T> work) {
    return refusals.recorded(
        new Attempt(act.actor(), act.name(), act.kind(), act.resourceId(), reason(act)),
        () -> {
          var by = act.by().get();
          return Objects.requireNonNull(
              transactions.execute(tx -> {
                var result = work.apply(by);
                record(act, by);
                return result;
              }));
        });
  }

  /** Null where there is none, or none that is any good: then that is what the refusal says. */
  private static @Nullable String reason(Act act) {
    try {
      return act.by().get().reason();
    } catch (ApiException unfit) {
      return null;
    }
  }

  private void record(Act act, Requester by) {
    audit.record(
        new AuditEntry(
            by.actor(),
            act.name(),
            act.kind(),
            act.resourceId(),
            by.reason(),
            "accepted",
            null,
            null));
  }

  /**
   * An act that is about to be tried.
   *
   * @param actor the authenticated user
   * @param name what it is, for example {@code freeze.set}
   * @param kind the kind of thing it is done to
   * @param resourceId which of them
   * @param by who asks for it, read when it is performed: a reason may be no good
   */
  public record Act(
      String actor, String name, String kind, String resourceId, Supplier<Requester> by) {

    /** One that needs no reason. */
    public static Act of(String actor, String name, String kind, String resourceId) {
      return new Act(actor, name, kind, resourceId, () -> new Requester(actor, null));
    }

    /** The same act, which nobody does without saying why. */
    public Act because(@Nullable String reason) {
      return new Act(
          actor,
          name,
          kind,
          resourceId,
          () -> {
            if (reason == null || reason.isBlank()) {
              throw ApiException.badRequest("A reason is needed");
            }
            return new Requester(actor, reason);
          });
    }
  }
}
