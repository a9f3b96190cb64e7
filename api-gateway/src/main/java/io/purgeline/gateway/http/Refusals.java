package io.purgeline.gateway.http;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps refusals in the audit trail. The transaction of what was refused is rolled back, so the
 * entry has one of its own.
 */
@Component
public final class Refusals {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_OUTCOME = 4_000;

  private static final String KEPT = Refusals.class.getName() + ".kept";
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private final AuditTrail audit;

  Refusals(AuditTrail audit) {
    this.audit = audit;
  }

  /**
   * Does the work; if it is refused, records that and passes the refusal on.
   *
   * @param actor the authenticated user
   * @param act what was tried, for example {@code dataset.delete}
   * @param kind the kind of resource
   * @param id its id, as the client wrote it; a UUID is kept in lower case
   */
  public <T> T recorded(String actor, String act, String kind, String id, Supplier<T> work) {
    return recorded(new Attempt(actor, act, kind, id, null), work);
  }

  /** The same, where the reason may have come in the body. */
  public <T> T recorded(Attempt attempt, Supplier<T> work) {
    try {
      return work.get();
    } catch (ApiException refused) {
      audit.record(attempt.refused(outcome(String.valueOf(refused.getMessage()))));
      markKept();
      throw refused;
    }
  }

  private static void markKept() {
    CurrentRequest.find().ifPresent(request -> request.setAttribute(KEPT, true));
  }

  /**
   * Keeps that a change was refused before anybody could tell what it was about: for want of a
   * right, of a body that can be read. What {@link #recorded} kept already is not kept twice.
   */
  void keep(HttpServletRequest request, String detail) {
    var user = request.getUserPrincipal();
    if (user == null
        || READING.contains(request.getMethod())
        || request.getAttribute(KEPT) != null) {
      return;
    }
    var act = PlainText.of(request.getMethod() + " " + request.getRequestURI(), LONGEST_ID);
    try {
      audit.record(
          new AuditEntry(
              user.getName(),
              act,
              null,
              null,
              GivenReason.of(request),
              outcome(detail),
              null,
              null));
    } catch (DataAccessException e) {
      log.warn("a refusal could not be kept: {}", e.toString());
    }
  }

  private static String outcome(String detail) {
    return PlainText.of("refused: " + detail, LONGEST_OUTCOME);
  }

  /**
   * What somebody tries.
   *
   * @param id the resource's id, as the client wrote it; a UUID is kept in lower case
   * @param reason as it came in the body; null for that of the parameter or header, if any
   */
  public record Attempt(String actor, String act, String kind, String id, @Nullable String reason) {

    private AuditEntry refused(String outcome) {
      var why = reason != null ? GivenReason.plain(reason) : GivenReason.ofThisRequest();
      var which = PlainText.of(QueryValues.asKept(id), LONGEST_ID);
      return new AuditEntry(actor, act, kind, which, why, outcome, null, null);
    }
  }
}
