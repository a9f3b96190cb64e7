package io.purgeline.gateway.catalogue;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
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

  /**
   * Makes the change; of two that lock each other out, the database ends one, which is tried once
   * more.
   */
  <T> T make(Change change, Supplier<T> work) {
    return makeOnce(
        change,
        () -> {
          try {
            return inTransaction(change, work);
          } catch (PessimisticLockingFailureException deadlock) {
            return inTransaction(change, work);
          }
        });
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
                  null,
                  "accepted",
                  null,
                  null));
          return result;
        }));
  }

  /** Who does what to which resource. */
  record Change(String actor, String act, String kind, String id) {}
}
