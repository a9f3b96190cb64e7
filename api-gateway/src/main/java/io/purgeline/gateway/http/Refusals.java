package io.purgeline.gateway.http;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Keeps refusals in the audit trail. The transaction of what was refused is rolled back, so the
 * entry has one of its own.
 */
@Component
public final class Refusals {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_OUTCOME = 2_000;

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
   * @param id its id, as the client wrote it
   */
  public <T> T recorded(String actor, String act, String kind, String id, Supplier<T> work) {
    try {
      return work.get();
    } catch (ApiException refused) {
      var outcome = storable("refused: " + refused.getMessage(), LONGEST_OUTCOME);
      var resource = storable(id, LONGEST_ID);
      audit.record(new AuditEntry(actor, act, kind, resource, null, outcome, null, null));
      throw refused;
    }
  }

  /** What a client sent may hold what the database cannot, and any number of it. */
  private static String storable(String text, int longest) {
    var clean = text.replace('\0', '?');
    return clean.length() <= longest ? clean : clean.substring(0, longest);
  }
}
