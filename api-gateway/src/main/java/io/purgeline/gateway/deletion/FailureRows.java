package io.purgeline.gateway.deletion;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.purgeline.database.Columns;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Cursor;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what could not be purged. */
@Repository
class FailureRows {

  private static final UUID LOWEST = new UUID(0, 0);

  private final JdbcClient jdbc;

  FailureRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The keys and paths of a deletion, and of its parts, by task, in the order they were met. */
  Page<Failure> page(UUID deletionId, int limit, @Nullable String cursor) {
    var after = Position.of(cursor);
    var rows =
        jdbc.sql(
                """
                select f.id, f.task_id, f.what, f.code, f.message, f.bytes, f.at
                from purge_failure f
                where f.task_id in (
                    select t.id from purge_task t
                    where t.deletion_id in (select cast(:id as uuid) union all select id from deletion where parent_id = :id))
                  and (f.task_id, f.id) > (:task, :failure)
                order by f.task_id, f.id
                limit :limit
                """)
            .param("id", deletionId)
            .param("task", after.task())
            .param("failure", after.failure())
            .param("limit", limit + 1)
            .query((row, n) ->
                new Failure(
                    row.getLong("id"),
                    row.getObject("task_id", UUID.class),
                    row.getString("what"),
                    row.getString("code"),
                    row.getString("message"),
                    row.getLong("bytes"),
                    Columns.instant(row, "at")))
            .list();
    return Page.of(rows, limit, failure -> failure.taskId() + " " + failure.id());
  }

  /** A key or path that could not be purged, with what the store said. */
  record Failure(
      @JsonIgnore long id,
      UUID taskId,
      String what,
      String code,
      String message,
      long bytes,
      Instant at) {}

  private record Position(UUID task, long failure) {

    static Position of(@Nullable String cursor) {
      if (cursor == null) {
        return new Position(LOWEST, 0);
      }
      var parts = Cursor.decode(cursor).split(" ", 2);
      if (parts.length < 2 || !parts[1].matches("\\d{1,18}")) {
        throw ApiException.badRequest("Invalid cursor");
      }
      return new Position(QueryValues.uuid(parts[0], "Invalid cursor"), Long.parseLong(parts[1]));
    }
  }
}
