package io.purgeline.gateway.catalogue;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.gateway.http.GivenReason;
import io.purgeline.gateway.http.Refusals;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Every change of the catalogue: one transaction with its audit entry; a refusal is kept outside of
 * it.
 */
@Component
final class CatalogueChanges {

  /** Each ends at least one of those that stand in the way, or finds the place taken. */
  private static final int MOST_REPEATS = 5;

  private final TransactionOperations transactions;
  private final AuditTrail audit;
  private final Refusals refusals;
  private final LocationConflicts conflicts;

  CatalogueChanges(
      TransactionOperations transactions,
      AuditTrail audit,
      Refusals refusals,
      LocationConflicts conflicts) {
    this.transactions = transactions;
    this.audit = audit;
    this.refusals = refusals;
    this.conflicts = conflicts;
  }

  /** Makes the change; of those that lock each other out, the database ends one, which repeats. */
  <T> T make(Change change, Supplier<T> work) {
    return makeOnce(change, () -> repeated(MOST_REPEATS, () -> inTransaction(change, work)));
  }

  private static <T> T repeated(int times, Supplier<T> transaction) {
    try {
      return transaction.get();
    } catch (PessimisticLockingFailureException deadlock) {
      if (times == 0) {
        throw deadlock;
      }
      return repeated(times - 1, transaction);
    }
  }

  /** Makes a change that cannot be repeated: it reads the body of the request. */
  <T> T makeFromStream(Change change, Supplier<T> work) {
    return makeOnce(change, () -> inTransaction(change, work));
  }

  private <T> T makeOnce(Change change, Supplier<T> transaction) {
    return refusals.recorded(
        change.actor(),
        change.act(),
        change.kind(),
        change.id(),
        () -> conflicts.explained(transaction));
  }

  private <T> T inTransaction(Change change, Supplier<T> work) {
    return Objects.requireNonNull(
        transactions.execute(tx -> {
          var result = work.get();
          audit.record(
              new AuditEntry(
                  change.actor(),
                  change.act(),
                  change.kind(),
                  change.id(),
                  GivenReason.ofThisRequest(),
                  "accepted",
                  null,
                  null));
          return result;
        }));
  }

  /** Who does what to which resource. */
  record Change(String actor, String act, String kind, String id) {}
}
