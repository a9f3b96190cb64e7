package io.purgeline.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells a database that is away, which comes back, from a mistake of ours, which stays. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseAdvice {

  private static final Logger log = LoggerFactory.getLogger(DatabaseAdvice.class);

  private final ProblemAdvice problems;

  DatabaseAdvice(ProblemAdvice problems) {
    this.problems = problems;
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<Object> failed(RuntimeException e, HttpServletRequest request) {
    return isAway(e) ? away(e, request) : problems.unexpected(e, request);
  }

  private ResponseEntity<Object> away(RuntimeException e, HttpServletRequest request) {
    log.warn("the database did not do what was asked: {}", e.toString());
    var reason =
        e instanceof PessimisticLockingFailureException
            ? "Another request was at work on the same records. Please try again."
            : "The database does not answer at the moment. Please try again.";
    return problems.refused(
        new ApiException(HttpStatus.SERVICE_UNAVAILABLE, reason)
            .header(HttpHeaders.RETRY_AFTER, "5"),
        request);
  }

  private static boolean isAway(RuntimeException e) {
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
