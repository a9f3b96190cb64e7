package io.purgeline.deletion;

import io.purgeline.audit.AuditEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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
  private final DeletionEnd end;

  DeletionProgress(JdbcClient jdbc, DeletionEnd end) {
    this.jdbc = jdbc;
    this.end = end;
  }

  /** Brings the deletion, and the one it is part of, to the state that its tasks say. */
  public void refresh(UUID deletionId) {
    refreshAll(List.of(deletionId));
  }

  /** The same for many. */
  public void refreshAll(Collection<UUID> deletionIds) {
    stillDead(deletionIds);
  }

  /**
   * The same after tasks of these deletions have been worked on: one that is dead already is told
   * of again when the last of its other tasks has come to its end. The one that it is part of is
   * not.
   */
  public void tasksWorkedOn(Collection<UUID> deletionIds) {
    stillDead(deletionIds).forEach(deletion -> end.tell(deletion, DeletionState.DEAD));
  }

  /** Moves them; answers those that are as dead as before, with nothing of them under way. */
  private List<Row> stillDead(Collection<UUID> deletionIds) {
    var moved = new ArrayList<Row>();
    var stillDead = new ArrayList<Row>();
    for (var before : locked(deletionIds)) {
      var parts = PartStates.of(jdbc, before.id());
      var after = parts.whole();
      if (after != before.state()) {
        move(before, after);
        moved.add(before);
      } else if (after == DeletionState.DEAD && !parts.isUnderWay()) {
        stillDead.add(before);
      }
    }
    snooze(stillDead.stream().map(Row::id).toList());
    var wholes = moved.stream().map(Row::parentId).filter(Objects::nonNull).distinct().toList();
    if (!wholes.isEmpty()) {
      stillDead(wholes); // a job is told of once, not again with each of its parts
    }
    return stillDead;
  }

  /**
   * Locks deletions and those they are part of, for whoever is about to change dead letters of
   * several. Every part is locked before any whole, in the order of their ids, as by everybody
   * else.
   */
  public void lock(Collection<UUID> deletionIds) {
    var wholes =
        locked(deletionIds).stream()
            .map(Row::parentId)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    locked(wholes);
  }

  private List<Row> locked(Collection<UUID> deletionIds) {
    if (deletionIds.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select id, resource_kind, resource_id, resource_name, resource_type, actor, state, last_end, parent_id
            from deletion where id = any(:ids) order by id for update
            """)
        .param("ids", deletionIds.toArray(UUID[]::new))
        .query((row, n) ->
            new Row(
                row.getObject("id", UUID.class),
                ResourceKind.of(row.getString("resource_kind")),
                row.getString("resource_id"),
                row.getString("resource_name"),
                row.getString("resource_type"),
                row.getString("actor"),
                DeletionState.valueOf(row.getString("state")),
                DeletionState.RETAINED.name().equals(row.getString("last_end")),
                row.getObject("parent_id", UUID.class)))
        .list();
  }

  /**
   * What is left of them may be snoozed. A job may have very many parts: they are looked through
   * only if no dead one is known that is not.
   */
  private void snooze(List<UUID> deletionIds) {
    if (deletionIds.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            select snooze_deletions(array_agg(d.id)) from deletion d
            where d.id = any(:ids)
              and (d.snoozed_until is not null
                   or not exists (select from deletion part
                                  where part.parent_id = d.id and part.state = 'DEAD' and part.snoozed_until is null))
            having count(*) > 0
            """)
        .param("ids", deletionIds.toArray(UUID[]::new))
        .query()
        .listOfRows();
  }

  private void move(Row deletion, DeletionState to) {
    var took =
        jdbc.sql(
                """
                update deletion
                set state = :state, finished_at = case when :final then clock_timestamp() end, snoozed_until = null,
                    last_end = case when :final then :state else last_end end
                where id = :id
                returning extract(epoch from clock_timestamp() - requested_at)
                """)
            .param("state", to.name())
            .param("final", to.isFinal())
            .param("id", deletion.id())
            .query(Double.class)
            .single();
    if (to == DeletionState.PURGED) {
      giveBackLocations(deletion.id());
    }
    if (to.isFinal() && !(to == DeletionState.RETAINED && deletion.wasRetained())) {
      end.tell(deletion, to);
      end.count(deletion, to, Duration.ofMillis(Math.round(took * 1000)));
    }
  }

  /** Only now may somebody else use the place. */
  private void giveBackLocations(UUID deletionId) {
    jdbc.sql("delete from storage_location where deletion_id = :id")
        .param("id", deletionId)
        .update();
  }

  /**
   * A deletion.
   *
   * @param wasRetained whether that was its last end: what is locked is looked at again and again
   */
  record Row(
      UUID id,
      ResourceKind kind,
      String resourceId,
      String resourceName,
      @Nullable String resourceType,
      String actor,
      DeletionState state,
      boolean wasRetained,
      @Nullable UUID parentId) {

    boolean isCanary() {
      return actor.equals(AuditEntry.CANARY);
    }
  }
}
