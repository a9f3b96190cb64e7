package io.purgeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void givesEachTestAnEmptyDatabaseOfItsOwn() throws SQLException {
    var first = PostgresServer.shared().newDatabase();
    var second = PostgresServer.shared().newDatabase();
    execute(first, "CREATE TABLE kept (id int)");
    assertThat(count(first, "pg_tables WHERE tablename = 'kept'")).isOne();
    assertThat(count(second, "pg_tables WHERE tablename = 'kept'")).isZero();
  }

  @Test
  void putsTheMigrationsIntoTheirOwnSchema() throws SQLException {
    var migrated = PostgresServer.shared().newDatabase().migrate();
    assertThat(count(migrated, "purgeline.migration_probe")).isOne();
  }

  @Test
  void copiesAMigratedDatabase() throws SQLException {
    var first = PostgresServer.shared().newMigratedDatabase();
    execute(first, "INSERT INTO purgeline.migration_probe VALUES (2)");
    var second = PostgresServer.shared().newMigratedDatabase();
    assertThat(count(first, "purgeline.migration_probe")).isEqualTo(2);
    assertThat(count(second, "purgeline.migration_probe")).isOne();
  }

  @Test
  void keepsDataAndPortOverAnOutage() throws SQLException {
    try (var server = PostgresServer.own()) {
      var database = server.newDatabase();
      execute(database, "CREATE TABLE kept AS SELECT 1");
      server.stop();
      assertThatThrownBy(() -> count(database, "kept")).isInstanceOf(SQLException.class);
      server.start();
      assertThat(count(database, "kept")).isOne();
    }
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(TestDatabase database, String from) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
