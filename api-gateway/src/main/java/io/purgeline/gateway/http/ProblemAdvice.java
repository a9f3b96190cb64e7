package io.purgeline.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Makes every error a problem detail (RFC 9457) whose {@code detail} is one sentence for the person
 * who gets it. What was refused to a change is kept in the audit trail.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final Refusals refusals;

  ProblemAdvice(Refusals refusals) {
    this.refusals = refusals;
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(ApiException e, HttpServletRequest request) {
    return answer(e, new ServletWebRequest(request));
  }

  @ExceptionHandler
  ResponseEntity<Object> cutOff(UncheckedIOException e, HttpServletRequest request) {
    log.debug("a body ended early", e);
    return refused(
        ApiException.badRequest("The body could not be read to its end. Nothing was changed."),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(RuntimeException e, HttpServletRequest request) {
    log.error("unexpected: {} {}", request.getMethod(), request.getRequestURI(), e);
    return refused(
        new ApiException(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong on our side. The log of the gateway tells what."),
        request);
  }

  private ResponseEntity<Object> answer(ApiException e, WebRequest request) {
    var problem =
        ProblemDetail.forStatusAndDetail(e.status(), PlainText.of(String.valueOf(e.getMessage())));
    e.members().forEach(problem::setProperty);
    return createResponseEntity(problem, e.headers(), e.status(), request);
  }

  /** A problem is a problem, whatever the client would rather have. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (status.is4xxClientError()
        && body instanceof ProblemDetail problem
        && request instanceof ServletWebRequest servlet) {
      refusals.keep(servlet.getRequest(), String.valueOf(problem.getDetail()));
    }
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException known) {
        return answer(known, request);
      }
    }
    var reason = UnreadableBody.explain(e.getMostSpecificCause());
    return answer(ApiException.badRequest(reason), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return answer(nothingAt("/" + e.getResourcePath()), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(
      NoHandlerFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return answer(nothingAt(e.getRequestURL()), request);
  }

  private static ApiException nothingAt(String path) {
    return ApiException.notFound("There is nothing at " + path);
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
    return answer(ApiException.badRequest(detail), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    var detail = "Invalid " + name(e.getPropertyName()) + ": " + e.getValue();
    return answer(ApiException.badRequest(detail), request);
  }

  private static String name(@Nullable String javaName) {
    return javaName == null
        ? "value"
        : javaName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
