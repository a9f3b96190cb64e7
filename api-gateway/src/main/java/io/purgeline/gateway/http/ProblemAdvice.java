package io.purgeline.gateway.http;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Makes every error a problem detail (RFC 9457) whose {@code detail} is one sentence for the person
 * who gets it.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ApiException e) {
    var problem = ProblemDetail.forStatusAndDetail(e.status(), String.valueOf(e.getMessage()));
    e.members().forEach(problem::setProperty);
    return ResponseEntity.status(e.status())
        .headers(e.headers())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    QueryTimeoutException.class
  })
  ResponseEntity<ProblemDetail> databaseAway(RuntimeException e) {
    log.warn("the database does not answer: {}", e.toString());
    return refused(
        new ApiException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer at the moment. Nothing was changed.")
            .header(HttpHeaders.RETRY_AFTER, "5"));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(RuntimeException e) {
    log.error("unexpected", e);
    return refused(
        new ApiException(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong on our side. The log of the gateway tells what."));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var cause = e.getMostSpecificCause();
    if (cause instanceof ApiException known) {
      return asObject(refused(known));
    }
    return asObject(refused(ApiException.badRequest(UnreadableBody.explain(cause))));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var detail =
        e.getParameterValidationResults().stream()
            .flatMap(result ->
                result.getResolvableErrors().stream()
                    .map(error ->
                        "Invalid "
                            + name(result.getMethodParameter().getParameterName())
                            + ": "
                            + error.getDefaultMessage()))
            .collect(Collectors.joining("; "));
    return asObject(refused(ApiException.badRequest(detail)));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return asObject(
        refused(
            ApiException.badRequest("Invalid " + name(e.getPropertyName()) + ": " + e.getValue())));
  }

  private static String name(@Nullable String javaName) {
    return javaName == null
        ? "value"
        : javaName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static ResponseEntity<Object> asObject(ResponseEntity<ProblemDetail> entity) {
    return new ResponseEntity<>(entity.getBody(), entity.getHeaders(), entity.getStatusCode());
  }
}
