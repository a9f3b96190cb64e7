package io.purgeline.deletion;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.database.AfterCommit;
import io.purgeline.deletion.DeletionProgress.Row;
import io.purgeline.outbox.Outbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells of a deletion that came to a state in which it stays for now: to others, to the auditor,
 * and, after the commit, to the log and the metrics.
 */
final class DeletionEnd {

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final DeletionMetrics metrics;

  DeletionEnd(JdbcClient jdbc, Outbox outbox, AuditTrail audit, DeletionMetrics metrics) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.audit = audit;
    this.metrics = metrics;
  }

  /** Part of the transaction in which the deletion, or the last part of it, came to its end. */
  void tell(Row deletion, DeletionState state) {
    var counts = counts(deletion.id());
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("deletion_id", deletion.id().toString());
    data.put("resource_kind", deletion.kind().label());
    data.put("resource_id", deletion.resourceId());
    data.put("state", state.name());
    data.put("objects_purged", counts.objects());
    data.put("bytes_purged", counts.bytes());
    var type = state == DeletionState.DEAD ? "DeletionFailed" : "DeletionFinished";
    outbox.fact(type, deletion.id(), data);
    audit.record(
        new AuditEntry(
            AuditEntry.SYSTEM,
            "deletion.finish",
            deletion.kind().label(),
            deletion.resourceId(),
            null,
            state.name(),
            deletion.id(),
            """
            {"objects_purged": %d, "bytes_purged": %d}\
            """
                .formatted(counts.objects(), counts.bytes())));
    AfterCommit.run(() -> DeletionLog.finished(deletion, state, counts));
  }

  /**
   * Counts it, canaries left out.
   *
   * @param took the time since it was asked for
   */
  void count(Row deletion, DeletionState state, Duration took) {
    if (!deletion.isCanary()) {
      AfterCommit.run(() -> metrics.ended(deletion.kind(), state, took));
    }
  }

  /** The array is made first; with an "or" every task there ever was would be looked at. */
  private Counts counts(UUID deletionId) {
    return jdbc.sql(
            """
            select coalesce(sum(objects_purged), 0), coalesce(sum(objects_failed), 0),
                   coalesce(sum(bytes_purged), 0), count(*) filter (where location is not null)
            from purge_task t
            where deletion_id = any(array(
              select id from deletion where id = :id union all select id from deletion where parent_id = :id))
            """)
        .param("id", deletionId)
        .query(
            (row, n) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }

  /** What its tasks have come to. */
  record Counts(long objects, long failed, long bytes, long paths) {}
}
