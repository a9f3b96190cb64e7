package io.purgeline.gateway.operations;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
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

  private final TransactionOperations transactions;
  private final NamedParameterJdbcTemplate jdbc;

  AuditRecords(TransactionOperations transactions, DataSource dataSource) {
    this.transactions = transactions;
    var template = new JdbcTemplate(dataSource);
    template.setFetchSize(ROWS_AT_A_TIME); // with a transaction, a cursor instead of all rows
    this.jdbc = new NamedParameterJdbcTemplate(template);
  }

  Page<AuditRecord> page(AuditFilter filter, int limit, @Nullable Long before) {
    var conditions = filter.conditions(before);
    var rows =
        jdbc.query(
            SELECT + conditions.where() + " order by id desc limit " + (limit + 1),
            conditions.values(),
            AuditRecords::row);
    return Page.of(rows, limit, entry -> Long.toString(entry.id()));
  }

  /** Hands over every entry that matches, one by one; memory does not grow with their number. */
  void forEach(AuditFilter filter, Consumer<AuditRecord> reader) {
    var conditions = filter.conditions(null);
    var sql = SELECT + conditions.where() + " order by id desc";
    RowCallbackHandler handler = row -> reader.accept(row(row, 0));
    transactions.executeWithoutResult(tx -> jdbc.query(sql, conditions.values(), handler));
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
