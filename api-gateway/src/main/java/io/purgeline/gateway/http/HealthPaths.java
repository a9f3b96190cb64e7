package io.purgeline.gateway.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The actuator says of a part that is not there: 404, and nothing else. Here it is a problem. */
@Component
final class HealthPaths extends OncePerRequestFilter {

  private static final String PARTS = "/health/";

  private final ProblemWriter problems;

  HealthPaths(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith(PARTS);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (response.getStatus() == HttpStatus.NOT_FOUND.value()
        && response.getContentType() == null
        && !response.isCommitted()) {
      problems.write(
          request,
          response,
          HttpStatus.NOT_FOUND,
          "There is nothing at " + request.getRequestURI());
    }
  }
}
