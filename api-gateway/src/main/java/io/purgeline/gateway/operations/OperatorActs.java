package io.purgeline.gateway.operations;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.GivenReason;
import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.http.Refusals;
import io.purgeline.gateway.http.Refusals.Attempt;
import java.util.Objects;
import java.util.UUID;
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
    return performTold(act, by -> Done.of(work.apply(by)));
  }

  /** The same for work that has more to tell than that it was accepted. */
  public <T> T performTold(Act act, Function<Requester, Done<T>> work) {
    return refusals.recorded(
        new Attempt(act.actor(), act.name(), act.kind(), act.resourceId(), reason(act)),
        () -> {
          var by = act.by().get();
          return Objects.requireNonNull(
              transactions.execute(tx -> {
                var done = work.apply(by);
                if (done.anew()) {
                  record(act, by, done);
                }
                return done.result();
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

  private void record(Act act, Requester by, Done<?> done) {
    audit.record(
        new AuditEntry(
            by.actor(),
            act.name(),
            act.kind(),
            done.resourceId() == null ? act.resourceId() : done.resourceId(),
            by.reason() == null ? GivenReason.ofThisRequest() : by.reason(),
            "accepted",
            done.deletionId(),
            done.detail()));
  }

  /**
   * An act that was done.
   *
   * @param resourceId what it was done to, if only doing it has told
   * @param deletionId the deletion it belongs to
   * @param detail what else there is to tell, as a JSON object
   * @param anew whether it was done now; if it was done before, there is nothing to record
   */
  public record Done<T>(
      T result,
      @Nullable String resourceId,
      @Nullable UUID deletionId,
      @Nullable String detail,
      boolean anew) {

    public static <T> Done<T> of(T result) {
      return new Done<>(result, null, null, null, true);
    }

    public static <T> Done<T> before(T result) {
      return new Done<>(result, null, null, null, false);
    }

    public Done<T> to(String resource) {
      return new Done<>(result, resource, deletionId, detail, anew);
    }

    public Done<T> ofDeletion(@Nullable UUID deletion) {
      return new Done<>(result, resourceId, deletion, detail, anew);
    }

    public Done<T> with(String json) {
      return new Done<>(result, resourceId, deletionId, json, anew);
    }
  }

  /**
   * An act that is about to be tried.
   *
   * @param actor the authenticated user
   * @param name what it is, for example {@code freeze.set}
   * @param kind the kind of thing it is done to
   * @param resourceId which of them, as the client wrote it; a UUID is kept in lower case
   * @param by who asks for it, read when it is performed: a reason may be no good
   */
  public record Act(
      String actor, String name, String kind, String resourceId, Supplier<Requester> by) {

    public Act {
      resourceId = QueryValues.asKept(resourceId);
    }

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
