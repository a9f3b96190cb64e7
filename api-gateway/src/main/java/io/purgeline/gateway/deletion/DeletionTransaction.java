package io.purgeline.gateway.deletion;

import io.purgeline.gateway.http.ApiException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The one transaction of a deletion: all of it or nothing. It waits two seconds at most for
 * somebody else's lock, then tells the client to come back.
 */
@Component
final class DeletionTransaction {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;

  DeletionTransaction(TransactionOperations transactions, JdbcClient jdbc) {
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  <T> T run(Supplier<T> work) {
    try {
      return Objects.requireNonNull(
          transactions.execute(status -> {
            jdbc.sql("set local lock_timeout = '2s'").update();
            return work.get();
          }));
    } catch (PessimisticLockingFailureException | UncategorizedSQLException e) {
      throw isBusy(e) ? busy() : e;
    }
  }

  /** Spring has a class of its own for deadlocks, but none for a lock that took too long. */
  private static boolean isBusy(DataAccessException e) {
    return e instanceof PessimisticLockingFailureException
        || (e.getMostSpecificCause() instanceof SQLException cause
            && LOCK_NOT_AVAILABLE.equals(cause.getSQLState()));
  }

  private static ApiException busy() {
    return ApiException.conflict(
            "Cannot delete now: another request, such as a registration of samples, is still at"
                + " work on it. Please try again in a moment.")
        .header("Retry-After", "2");
  }
}
