package io.purgeline.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The request that this thread answers. */
final class CurrentRequest {

  private CurrentRequest() {}

  /** None where something else is being done. */
  static Optional<HttpServletRequest> find() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes found
        ? Optional.of(found.getRequest())
        : Optional.empty();
  }
}
