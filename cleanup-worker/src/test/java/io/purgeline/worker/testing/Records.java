package io.purgeline.worker.testing;

import io.purgeline.deletion.DeletionState;
import io.purgeline.deletion.TaskState;
import io.purgeline.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database of a test, asked and changed by other connections than the worker's. */
public final class Records {

  private final DataSource source;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Records(TestDatabase database) {
    this.source = database.dataSourceInSchema();
    this.jdbc = JdbcClient.create(source);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  void inTransaction(Runnable work) {
    transactions.executeWithoutResult(tx -> work.run());
  }

  /** Holds up whoever writes to the table, until it is closed or the database stops. */
  public Connection lock(String table) throws SQLException {
    var connection = source.getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table " + table + " in share mode");
    }
    return connection;
  }

  /** Changes rows as nobody in the product does. */
  public int change(String sql, Object... values) {
    return jdbc.sql(sql).params(values).update();
  }

  /** A number the database tells. */
  public long number(String sql, Object... values) {
    return jdbc.sql(sql).params(values).query(Long.class).single();
  }

  public List<String> texts(String sql, Object... values) {
    return jdbc.sql(sql).params(values).query((row, n) -> row.getString(1)).list();
  }

  /** What is known against a store or root, null if nothing. */
  public @Nullable String problem(String place) {
    return jdbc.sql("select problem from store_identity where place = ? and problem is not null")
        .param(place)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** Does what an operator does who takes what is there now for what belongs there. */
  public int acceptIdentity(String place) {
    return change(
        """
        update store_identity set identity = observed, problem = null
        where place = ? and observed is not null
        """,
        place);
  }

  DeletionState state(UUID deletion) {
    var state = jdbc.sql("select state from deletion where id = ?").param(deletion);
    return DeletionState.valueOf(state.query(String.class).single());
  }

  List<TaskView> tasks(UUID deletion) {
    return jdbc.sql("select * from purge_task where deletion_id = ? order by location")
        .param(deletion)
        .query(Records::task)
        .list();
  }

  private static TaskView task(ResultSet row, int number) throws SQLException {
    var next = row.getTimestamp("next_attempt_at");
    return new TaskView(
        row.getObject("id", UUID.class),
        TaskState.valueOf(row.getString("state")),
        row.getInt("generation"),
        row.getInt("attempts"),
        row.getInt("barren_claims"),
        tally(row, "objects_"),
        tally(row, "bytes_"),
        row.getString("last_error_class"),
        row.getString("last_error_message"),
        row.getString("lease_owner"),
        next == null ? null : next.toInstant());
  }

  private static Tally tally(ResultSet row, String kind) throws SQLException {
    return new Tally(
        row.getLong(kind + "planned"),
        row.getLong(kind + "purged"),
        row.getLong(kind + "already_absent"),
        row.getLong(kind + "retained"),
        row.getLong(kind + "failed"));
  }
}
