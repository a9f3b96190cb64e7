package io.purgeline.database;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that is away, which comes back, from a mistake of ours, which stays. */
public final class DatabaseFailures {

  private DatabaseFailures() {}

  /** Whether the same may go well later. */
  public static boolean mayPass(RuntimeException e) {
    return e instanceof DataAccessResourceFailureException
        || e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException
        || e instanceof TransactionException
        || isConnectionLost(e);
  }

  /** Classes 08, 53 and 57 of SQL states: no connection, no resources, shut down by somebody. */
  private static boolean isConnectionLost(RuntimeException e) {
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().matches("(08|53|57).*");
  }
}
