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
    move(deletionIds);
  }

  /**
   * The same after tasks of these deletions have been worked on: one that is dead already is told
   * of again when the last of its other tasks has come to its end.
   */
  public void tasksWorkedOn(Collection<UUID> deletionIds) {
    move(deletionIds).forEach(deletion -> end.tell(deletion, DeletionState.DEAD));
  }

  /** Answers those that are as dead as before, with nothing of them under way. */
  private List<Row> move(Collection<UUID> deletionIds) {
    var moved = new ArrayList<Row>();
    var stillDead = new ArrayList<Row>();
    for (var before : locked(deletionIds)) {
      var after = DeletionState.valueOf(computeState(before.id()));
      if (after != before.state()) {
        move(before, after);
        moved.add(before);
      } else if (after == DeletionState.DEAD && !isUnderWay(before.id())) {
        stillDead.add(before);
      }
    }
    snooze(stillDead.stream().map(Row::id).toList());
    var wholes = moved.stream().map(Row::parentId).filter(Objects::nonNull).distinct().toList();
    if (!wholes.isEmpty()) {
      move(wholes); // those of the others are as they were
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
    if (!wholes.isEmpty()) {
      locked(wholes);
    }
  }

  private List<Row> locked(Collection<UUID> deletionIds) {
    return jdbc.sql(
            """
            select id, resource_kind, resource_id, resource_name, resource_type, actor, state, parent_id
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
                row.getObject("parent_id", UUID.class)))
        .list();
  }

  /** Whether a part of it may still come to an end by itself. */
  private boolean isUnderWay(UUID deletionId) {
    return jdbc.sql(
            """
            select exists (select from purge_task
                           where deletion_id = :id and state in ('PENDING', 'RUNNING', 'WAITING'))
                or exists (select from deletion where parent_id = :id and state in ('PURGING', 'SCHEDULED'))
            """)
        .param("id", deletionId)
        .query(Boolean.class)
        .single();
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

  /**
   * Dead if any part is, else purging while one is unfinished, else incomplete, retained or purged,
   * in this order. Each question looks for one part, so that a job of ten thousand datasets is not
   * counted ten thousand times.
   */
  private String computeState(UUID deletionId) {
    return jdbc.sql(
            """
            select case
              when exists (select from purge_task where deletion_id = :id and state = 'DEAD')
                or exists (select from deletion where parent_id = :id and state = 'DEAD') then 'DEAD'
              when exists (select from purge_task where deletion_id = :id and state in ('PENDING', 'RUNNING', 'WAITING'))
                or exists (select from deletion where parent_id = :id and state in ('PURGING', 'SCHEDULED')) then 'PURGING'
              when exists (select from purge_task where deletion_id = :id and state = 'DISCARDED')
                or exists (select from deletion where parent_id = :id and state = 'INCOMPLETE') then 'INCOMPLETE'
              when exists (select from purge_task where deletion_id = :id and state = 'RETAINED')
                or exists (select from deletion where parent_id = :id and state = 'RETAINED') then 'RETAINED'
              else 'PURGED' end
            """)
        .param("id", deletionId)
        .query(String.class)
        .single();
  }

  private void move(Row deletion, DeletionState to) {
    var took =
        jdbc.sql(
                """
                update deletion
                set state = :state, finished_at = case when :final then clock_timestamp() end, snoozed_until = null
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
    if (to.isFinal()) {
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

  record Row(
      UUID id,
      ResourceKind kind,
      String resourceId,
      String resourceName,
      @Nullable String resourceType,
      String actor,
      DeletionState state,
      @Nullable UUID parentId) {

    boolean isCanary() {
      return actor.equals(AuditEntry.CANARY);
    }
  }
}
