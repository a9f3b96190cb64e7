package io.purgeline.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Why a client says it asks for something: the parameter {@code reason}, else the header. */
public final class GivenReason {

  /** The header a reason may come in, besides the parameter. */
  public static final String HEADER = "X-Purgeline-Reason";

  private static final int LONGEST = 1_000;

  private GivenReason() {}

  /**
   * That of the request which is being answered; null without one, or where there is no request.
   */
  public static @Nullable String ofThisRequest() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes found
        ? of(found.getRequest())
        : null;
  }

  /** In a form that can be kept, also where the request is refused for it; null without one. */
  static @Nullable String of(HttpServletRequest request) {
    var parameter = parameter(request);
    var given = parameter != null ? parameter : request.getHeader(HEADER);
    return given == null ? null : plain(given);
  }

  static String plain(String reason) {
    return PlainText.of(reason, LONGEST);
  }

  private static @Nullable String parameter(HttpServletRequest request) {
    try {
      return request.getParameter("reason");
    } catch (IllegalStateException e) {
      return null; // a query that cannot be read, which may be why it is refused
    }
  }
}
