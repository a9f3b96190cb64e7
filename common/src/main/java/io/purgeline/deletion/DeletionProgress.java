package io.purgeline.deletion;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.database.AfterCommit;
import io.purgeline.outbox.Outbox;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves a deletion as its tasks move. Called in the transaction that changed a task, after that
 * change; the deletion's row is locked first, so that of two tasks that finish at once the later
 * one sees both.
 */
public final class DeletionProgress {

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final AuditTrail audit;

  public DeletionProgress(JdbcClient jdbc, Outbox outbox, AuditTrail audit) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.audit = audit;
  }

  /** Brings the deletion, and the one it is part of, to the state that its tasks say. */
  public void refresh(UUID deletionId) {
    var before = lock(deletionId);
    var after = DeletionState.valueOf(computeState(deletionId));
    if (after == before.state()) {
      return; // the whole is as it was, too
    }
    move(before, after);
    if (before.parentId() != null) {
      refresh(before.parentId());
    }
  }

  private Row lock(UUID deletionId) {
    return jdbc.sql(
            """
            select id, resource_kind, resource_id, resource_name, resource_type, state, parent_id
            from deletion where id = :id for update
            """)
        .param("id", deletionId)
        .query((row, n) ->
            new Row(
                deletionId,
                row.getString("resource_kind"),
                row.getString("resource_id"),
                row.getString("resource_name"),
                row.getString("resource_type"),
                DeletionState.valueOf(row.getString("state")),
                row.getObject("parent_id", UUID.class)))
        .single();
  }

  /**
   * Dead if any part is, else purging while one is unfinished, else incomplete, retained or purged,
   * in this order.
   */
  private String computeState(UUID deletionId) {
    return jdbc.sql(
            """
            with part (state) as (
              select case state when 'DONE' then 'PURGED' when 'DISCARDED' then 'INCOMPLETE'
                                when 'DEAD' then 'DEAD' when 'RETAINED' then 'RETAINED' else 'PURGING' end
              from purge_task where deletion_id = :id
              union all
              select state from deletion where parent_id = :id
            )
            select case when bool_or(state = 'DEAD') then 'DEAD'
                        when bool_or(state in ('PURGING', 'SCHEDULED')) then 'PURGING'
                        when bool_or(state = 'INCOMPLETE') then 'INCOMPLETE'
                        when bool_or(state = 'RETAINED') then 'RETAINED'
                        else 'PURGED' end
            from part
            """)
        .param("id", deletionId)
        .query(String.class)
        .single();
  }

  private void move(Row deletion, DeletionState to) {
    jdbc.sql(
            """
            update deletion
            set state = :state, finished_at = case when :final then clock_timestamp() end
            where id = :id
            """)
        .param("state", to.name())
        .param("final", to.isFinal())
        .param("id", deletion.id())
        .update();
    if (to == DeletionState.PURGED) {
      giveBackLocations(deletion.id());
    }
    if (to.isFinal()) {
      tell(deletion, to);
    }
  }

  /** Only now may somebody else use the place. */
  private void giveBackLocations(UUID deletionId) {
    jdbc.sql("delete from storage_location where deletion_id = :id")
        .param("id", deletionId)
        .update();
  }

  private void tell(Row deletion, DeletionState state) {
    var counts = counts(deletion.id());
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("deletion_id", deletion.id().toString());
    data.put("resource_kind", deletion.kind());
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
            deletion.kind(),
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

  private Counts counts(UUID deletionId) {
    return jdbc.sql(
            """
            select coalesce(sum(objects_purged), 0), coalesce(sum(objects_failed), 0),
                   coalesce(sum(bytes_purged), 0), count(*) filter (where location is not null)
            from purge_task t
            where deletion_id = :id or deletion_id in (select id from deletion where parent_id = :id)
            """)
        .param("id", deletionId)
        .query(
            (row, n) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }

  record Row(
      UUID id,
      String kind,
      String resourceId,
      String resourceName,
      @Nullable String resourceType,
      DeletionState state,
      @Nullable UUID parentId) {}

  record Counts(long objects, long failed, long bytes, long paths) {}
}
