package io.purgeline.gateway.deletion;

import io.purgeline.deletion.DeletionState;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.outbox.TraceContext;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the inserts into {@code deletion}. */
@Repository
class DeletionRows {

  static final String LATEST =
      """
      select id from deletion
      where resource_kind = :kind and resource_id = :id
      order by id desc
      limit 1
      """;

  private final JdbcClient jdbc;
  private final TraceContext trace;

  DeletionRows(JdbcClient jdbc, TraceContext trace) {
    this.jdbc = jdbc;
    this.trace = trace;
  }

  /**
   * Writes a deletion down. It is unfinished from the commit on, whatever its tasks turn out to be.
   */
  void insert(NewDeletion deletion, String snapshot) {
    jdbc.sql(
            """
            insert into deletion (id, resource_kind, resource_id, resource_name, resource_type, snapshot,
                                  actor, reason, parent_id, state, settle, traceparent)
            values (:id, :kind, :resource_id, :name, :type, cast(:snapshot as jsonb),
                    :actor, :reason, :parent_id, :state, :settle, :traceparent)
            """)
        .param("id", deletion.id())
        .param("kind", deletion.kind().label())
        .param("resource_id", deletion.resourceId())
        .param("name", deletion.name())
        .param("type", deletion.type())
        .param("snapshot", snapshot)
        .param("actor", deletion.by().actor())
        .param("reason", deletion.by().reason())
        .param("parent_id", deletion.parentId())
        .param("state", DeletionState.PURGING.name())
        .param("settle", deletion.settle())
        .param("traceparent", trace.current())
        .update();
  }

  /** The 404 of a resource; if it was deleted before, it says by which deletion. */
  ApiException notFound(ResourceKind kind, String id, String detail) {
    var missing = ApiException.notFound(detail);
    latest(kind, id).ifPresent(deletion -> missing.with("deletion_id", deletion));
    return missing;
  }

  Optional<UUID> latest(ResourceKind kind, String id) {
    return jdbc.sql(LATEST)
        .param("kind", kind.label())
        .param("id", id)
        .query(UUID.class)
        .optional();
  }
}
