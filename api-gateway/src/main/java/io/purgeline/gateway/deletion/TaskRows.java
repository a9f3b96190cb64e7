package io.purgeline.gateway.deletion;

import io.purgeline.database.Columns;
import io.purgeline.deletion.TaskState;
import io.purgeline.gateway.deletion.TaskView.LastError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads purge tasks. */
@Repository
class TaskRows {

  /** A deletion's own tasks and, for a job, those of its datasets. */
  static final String OF_DELETIONS =
      """
      select root.id as root_id, t.*
      from deletion root
      cross join lateral (
        select root.id as part union all
        select c.id from deletion c where c.parent_id = root.id and root.resource_kind = 'job'
      ) parts
      join purge_task t on t.deletion_id = parts.part
      where root.id = any(:ids)
      order by t.id
      """;

  private final JdbcClient jdbc;

  TaskRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<TaskOf> of(Collection<UUID> deletionIds) {
    return jdbc.sql(OF_DELETIONS)
        .param("ids", deletionIds.toArray(UUID[]::new))
        .query((row, n) ->
            new TaskOf(
                row.getObject("root_id", UUID.class),
                (Boolean) row.getObject("uploads_verified"),
                task(row)))
        .list();
  }

  private static TaskView task(ResultSet row) throws SQLException {
    return new TaskView(
        row.getObject("id", UUID.class),
        row.getString("location"),
        TaskState.valueOf(row.getString("state")),
        row.getInt("generation"),
        row.getInt("attempts"),
        Columns.instantOrNull(row, "next_attempt_at"),
        lastError(row),
        amounts(row, "objects_"),
        amounts(row, "bytes_"));
  }

  private static @Nullable LastError lastError(ResultSet row) throws SQLException {
    var errorClass = row.getString("last_error_class");
    var message = row.getString("last_error_message");
    return errorClass == null && message == null
        ? null
        : new LastError(errorClass, message, Columns.instantOrNull(row, "last_error_at"));
  }

  static Amounts amounts(ResultSet row, String prefix) throws SQLException {
    return new Amounts(
        row.getLong(prefix + "planned"),
        row.getLong(prefix + "purged"),
        row.getLong(prefix + "already_absent"),
        row.getLong(prefix + "retained"),
        row.getLong(prefix + "failed"));
  }

  /** A task of a deletion, or of one of its parts. */
  record TaskOf(UUID deletionId, @Nullable Boolean uploadsVerified, TaskView task) {

    boolean isEmptied() {
      return task.state() == TaskState.DONE || task.state() == TaskState.RETAINED;
    }

    /** Only object stores have uploads: elsewhere there is nothing to leave behind. */
    @Nullable Boolean uploads() {
      var location = task.location();
      if (location != null && location.startsWith("s3://")) {
        return uploadsVerified;
      }
      return isEmptied() ? Boolean.TRUE : null;
    }
  }
}
