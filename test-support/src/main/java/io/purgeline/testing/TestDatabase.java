package io.purgeline.testing;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of one test, empty unless {@link #migrate()} was called or a migrated one asked for.
 */
public record TestDatabase(String jdbcUrl, String username, String password) {

  private static final String SCHEMA = "purgeline";

  /** An unpooled source of connections. */
  public DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(username);
    source.setPassword(password);
    return source;
  }

  /** The same, of connections that find the tables without the schema's name. */
  public DataSource dataSourceInSchema() {
    var source = (PGSimpleDataSource) dataSource();
    source.setCurrentSchema(SCHEMA);
    return source;
  }

  /** Brings the schema {@code purgeline} up to date from {@code classpath:db/migration}. */
  public TestDatabase migrate() {
    Flyway.configure()
        .dataSource(jdbcUrl, username, password)
        .locations("classpath:db/migration")
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .createSchemas(true)
        .load()
        .migrate();
    return this;
  }
}
