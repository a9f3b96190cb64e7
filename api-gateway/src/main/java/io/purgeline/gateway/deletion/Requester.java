package io.purgeline.gateway.deletion;

import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.GivenReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something, and why.
 *
 * @param actor the authenticated user
 * @param reason in the user's own words
 */
public record Requester(String actor, @Nullable String reason) {

  private static final int LONGEST_REASON = 1_000;

  public Requester {
    if (reason != null && reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
      throw ApiException.badRequest("Invalid reason: it must not exceed 1000 characters");
    }
    if (reason != null && reason.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.badRequest("Invalid reason: it must not contain control characters");
    }
  }

  /**
   * Who sent a request, and why.
   *
   * @param reason the parameter, which comes before the header
   */
  static Requester of(HttpServletRequest request, @Nullable String reason) {
    return new Requester(userOf(request), GivenReason.of(request, reason));
  }

  static String userOf(HttpServletRequest request) {
    return Objects.requireNonNull(request.getUserPrincipal(), "no user").getName();
  }
}
