package io.purgeline.gateway.operations;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit trail, the latest entry first. */
@Repository
class AuditRecords {

  private static final String SELECT =
      """
      select id, at, actor, act, resource_kind, resource_id, reason, outcome, deletion_id, detail
      from audit_entry
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ROWS_AT_A_TIME = 1_000;

  private final JdbcClient jdbc;

  AuditRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Page<AuditRecord> page(AuditFilter filter, int limit, @Nullable Long before) {
    return Page.of(rows(filter, limit + 1, before), limit, entry -> Long.toString(entry.id()));
  }

  /**
   * Hands over every entry that matches, one by one; memory does not grow with their number. Holds
   * no connection while a reader takes its time.
   */
  void forEach(AuditFilter filter, Consumer<AuditRecord> reader) {
    var rows = rows(filter, ROWS_AT_A_TIME, null);
    while (!rows.isEmpty()) {
      rows.forEach(reader);
      rows = rows(filter, ROWS_AT_A_TIME, rows.getLast().id());
    }
  }

  private List<AuditRecord> rows(AuditFilter filter, int limit, @Nullable Long before) {
    var conditions = filter.conditions(before);
    return jdbc.sql(SELECT + conditions.where() + " order by id desc limit " + limit)
        .params(conditions.values())
        .query(AuditRecords::row)
        .list();
  }

  private static AuditRecord row(ResultSet row, int number) throws SQLException {
    var detail = row.getString("detail");
    return new AuditRecord(
        row.getLong("id"),
        Columns.instant(row, "at"),
        Objects.requireNonNull(row.getString("actor")),
        Objects.requireNonNull(row.getString("act")),
        row.getString("resource_kind"),
        row.getString("resource_id"),
        row.getString("reason"),
        Objects.requireNonNull(row.getString("outcome")),
        row.getObject("deletion_id", UUID.class),
        detail == null ? null : JSON.readTree(detail));
  }
}
