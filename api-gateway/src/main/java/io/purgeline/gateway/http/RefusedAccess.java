package io.purgeline.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers who is not logged in, and who may not do what they tried. */
@Component
final class RefusedAccess implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final ProblemWriter problems;
  private final Refusals refusals;

  RefusedAccess(ProblemWriter problems, Refusals refusals) {
    this.problems = problems;
    this.refusals = refusals;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"purgeline\"");
    problems.write(request, response, HttpStatus.UNAUTHORIZED, "Please log in");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException {
    var detail = "Your role does not allow " + request.getMethod() + " here";
    refusals.keep(request, detail);
    problems.write(request, response, HttpStatus.FORBIDDEN, detail);
  }
}
