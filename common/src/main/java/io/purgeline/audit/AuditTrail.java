package io.purgeline.audit;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes entries, in the transaction of what they tell. Owner of the inserts into {@code
 * audit_entry}.
 */
public final class AuditTrail {

  private final JdbcClient jdbc;

  public AuditTrail(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public void record(AuditEntry entry) {
    jdbc.sql(
            """
            insert into audit_entry (actor, act, resource_kind, resource_id, reason, outcome, deletion_id, detail)
            values (:actor, :act, :resourceKind, :resourceId, :reason, :outcome, :deletionId, cast(:detail as jsonb))
            """)
        .paramSource(entry)
        .update();
  }
}
