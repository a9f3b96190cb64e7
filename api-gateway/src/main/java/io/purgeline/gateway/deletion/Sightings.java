package io.purgeline.gateway.deletion;

import io.purgeline.deletion.DeletionState;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks at many deletions at once. */
@Repository
class Sightings {

  static final String OF_DELETIONS =
      """
      select d.id, d.state, t.*
      from deletion d
      cross join lateral (
        select coalesce(sum(objects_planned), 0)        as objects_planned,
               coalesce(sum(objects_purged), 0)         as objects_purged,
               coalesce(sum(objects_already_absent), 0) as objects_already_absent,
               coalesce(sum(objects_retained), 0)       as objects_retained,
               coalesce(sum(objects_failed), 0)         as objects_failed,
               coalesce(sum(bytes_planned), 0)          as bytes_planned,
               coalesce(sum(bytes_purged), 0)           as bytes_purged,
               coalesce(sum(bytes_already_absent), 0)   as bytes_already_absent,
               coalesce(sum(bytes_retained), 0)         as bytes_retained,
               coalesce(sum(bytes_failed), 0)           as bytes_failed,
               coalesce(bool_or(p.state in ('PENDING', 'RUNNING', 'WAITING')), false) as at_work
        from (
          select d.id as part union all
          select c.id from deletion c where c.parent_id = d.id and d.resource_kind = 'job') parts
        join purge_task p on p.deletion_id = parts.part
      ) t
      where d.id = any(:ids)
      """;

  private final JdbcClient jdbc;

  Sightings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One statement, however many are asked for. */
  List<Sighting> of(Collection<UUID> ids) {
    return jdbc.sql(OF_DELETIONS)
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, n) ->
            new Sighting(
                row.getObject("id", UUID.class),
                DeletionState.valueOf(row.getString("state")),
                row.getBoolean("at_work"),
                TaskRows.amounts(row, "objects_"),
                TaskRows.amounts(row, "bytes_")))
        .list();
  }
}
