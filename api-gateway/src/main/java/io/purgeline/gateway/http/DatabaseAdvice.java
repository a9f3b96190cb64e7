package io.purgeline.gateway.http;

import io.purgeline.database.DatabaseFailures;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
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
    return DatabaseFailures.mayPass(e) ? away(e, request) : problems.unexpected(e, request);
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
}
