package io.purgeline.gateway.deletion;

import static java.util.stream.Collectors.groupingBy;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.deletion.DeletionState;
import io.purgeline.gateway.deletion.DeletionView.Resource;
import io.purgeline.gateway.deletion.DeletionView.Verified;
import io.purgeline.gateway.deletion.TaskRows.TaskOf;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads deletions with their tasks: two statements, however many. */
@Component
class DeletionReader {

  private static final String COLUMNS =
      """
      select id, resource_kind, resource_id, resource_name, resource_type, state, actor, reason,
             requested_at, purge_after, finished_at, parent_id
      from deletion
      """;

  private final JdbcClient jdbc;
  private final TaskRows tasks;

  DeletionReader(JdbcClient jdbc, TaskRows tasks) {
    this.jdbc = jdbc;
    this.tasks = tasks;
  }

  DeletionView one(UUID id) {
    return withTasks(select(new Conditions().and("id = :id", "id", id), "")).stream()
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("Deletion not found: " + id));
  }

  /** The latest first. */
  Page<DeletionView> page(DeletionFilter filter, int limit, @Nullable UUID before) {
    var rows = select(filter.conditions(before), " order by id desc limit " + (limit + 1));
    return Page.of(withTasks(rows), limit, deletion -> deletion.id().toString());
  }

  private List<Row> select(Conditions conditions, String tail) {
    return jdbc.sql(COLUMNS + conditions.where() + tail)
        .params(conditions.values())
        .query(DeletionReader::row)
        .list();
  }

  private List<DeletionView> withTasks(List<Row> rows) {
    var found =
        tasks.of(rows.stream().map(Row::id).toList()).stream()
            .collect(groupingBy(TaskOf::deletionId));
    return rows.stream().map(row -> row.with(found.getOrDefault(row.id(), List.of()))).toList();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    var bare =
        new DeletionView(
            row.getObject("id", UUID.class),
            new Resource(
                row.getString("resource_kind"),
                row.getString("resource_id"),
                row.getString("resource_name"),
                row.getString("resource_type")),
            DeletionState.valueOf(row.getString("state")),
            row.getString("actor"),
            row.getString("reason"),
            Columns.instant(row, "requested_at"),
            Columns.instant(row, "purge_after"),
            Columns.instantOrNull(row, "finished_at"),
            row.getObject("parent_id", UUID.class),
            Amounts.NONE,
            Amounts.NONE,
            new Verified(false, null),
            List.of());
    return new Row(bare);
  }

  /** A deletion whose tasks are not read yet. */
  private record Row(DeletionView bare) {

    UUID id() {
      return bare.id();
    }

    DeletionView with(List<TaskOf> tasks) {
      var views = tasks.stream().map(TaskOf::task).toList();
      return new DeletionView(
          bare.id(),
          bare.resource(),
          bare.state(),
          bare.actor(),
          bare.reason(),
          bare.requestedAt(),
          bare.purgeAfter(),
          bare.finishedAt(),
          bare.parentId(),
          views.stream().map(TaskView::objects).reduce(Amounts.NONE, Amounts::plus),
          views.stream().map(TaskView::bytes).reduce(Amounts.NONE, Amounts::plus),
          new Verified(tasks.stream().allMatch(TaskOf::isEmptied), uploads(tasks)),
          views);
    }

    private static @Nullable Boolean uploads(List<TaskOf> tasks) {
      if (tasks.stream().anyMatch(task -> Boolean.FALSE.equals(task.uploads()))) {
        return false;
      }
      return tasks.stream().allMatch(task -> Boolean.TRUE.equals(task.uploads())) ? true : null;
    }
  }
}
