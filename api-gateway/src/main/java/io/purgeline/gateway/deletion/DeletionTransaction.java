package io.purgeline.gateway.deletion;

import io.purgeline.gateway.http.ApiException;
import java.util.function.Supplier;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The one transaction of a deletion: all of it or nothing. It waits two seconds at most for
 * somebody else's lock, then tells the client to come back.
 */
@Component
final class DeletionTransaction {

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;

  DeletionTransaction(TransactionOperations transactions, JdbcClient jdbc) {
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  <T> T run(Supplier<T> work) {
    try {
      return java.util.Objects.requireNonNull(
          transactions.execute(status -> {
            jdbc.sql("set local lock_timeout = '2s'").update();
            return work.get();
          }));
    } catch (PessimisticLockingFailureException busy) {
      throw ApiException.conflict(
              "Cannot delete now: another request, such as a registration of samples, is still"
                  + " at work on it. Please try again in a moment.")
          .header("Retry-After", "2");
    }
  }
}
