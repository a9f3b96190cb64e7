package io.purgeline.testing;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of one test, empty unless {@link #migrate()} was called or a migrated one asked for.
 */
public record TestDatabase(String jdbcUrl, String username, String password) {

  /** An unpooled source of connections. */
  public DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(username);
    source.setPassword(password);
    return source;
  }

  /** Brings the schema {@code purgeline} up to date from {@code classpath:db/migration}. */
  public TestDatabase migrate() {
    Flyway.configure()
        .dataSource(jdbcUrl, username, password)
        .locations("classpath:db/migration")
        .schemas("purgeline")
        .defaultSchema("purgeline")
        .createSchemas(true)
        .load()
        .migrate();
    return this;
  }
}
