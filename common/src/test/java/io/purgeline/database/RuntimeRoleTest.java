package io.purgeline.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditSealer;
import io.purgeline.audit.AuditTrail;
import io.purgeline.audit.AuditVerifier;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The two roles of deploy/compose: one owns the schema, the other one works in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuntimeRoleTest {

  private static final Path DEPLOYMENT = Path.of("..", "deploy", "compose");

  private final TestDatabase database = PostgresServer.shared().newDatabase();
  private final TestDatabase owner = as("purgeline_owner", "owner's");
  private final JdbcTemplate app = new JdbcTemplate(as("purgeline_app", "app's").dataSource());

  @BeforeAll
  void create() throws IOException {
    new JdbcTemplate(database.dataSource()).execute(roles());
    migrate();
  }

  @Test
  void mayBeGrantedAgainAtEveryStart() {
    migrate();
    assertThat(app.queryForObject("select count(*) from outbox", Long.class)).isZero();
  }

  @Test
  void keepsAndSealsTheAuditTrail() {
    var transactions =
        new TransactionTemplate(
            new JdbcTransactionManager(Objects.requireNonNull(app.getDataSource())));
    var entry = new AuditEntry("ann", "dataset.delete", null, null, null, "accepted", null, null);
    new AuditTrail(JdbcClient.create(app)).record(entry);
    while (new AuditSealer(transactions, app).runOnce() > 0) {}
    assertThat(new AuditVerifier(transactions, app).verify().ok()).isTrue();
  }

  @Test
  void mayWorkOnEveryOtherTable() {
    var lacking =
        app.queryForList(
            """
            select relname from pg_class
            where relnamespace = 'purgeline'::regnamespace and relkind = 'r'
              and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
                       and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))
            """,
            String.class);
    assertThat(lacking)
        .containsExactlyInAnyOrder("audit_entry", "audit_seal", "flyway_schema_history");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set actor = 'nobody'",
        "delete from audit_entry",
        "truncate audit_entry cascade",
        "update audit_seal set seq = 0",
        "delete from audit_seal",
        "alter table audit_entry disable trigger all",
        "drop trigger audit_entry_append_only on audit_entry",
        "drop table audit_seal",
        "create table other (id int)",
        "set session_replication_role = replica",
        "delete from flyway_schema_history",
      })
  void mayNotChangeTheAuditTrailNorTheSchema(String statement) {
    assertThatThrownBy(() -> app.execute(statement))
        .rootCause()
        .hasMessageMatching("(?s)ERROR: (permission denied|must be owner) .*");
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(owner.dataSource())
        .locations("classpath:db/migration", "filesystem:" + DEPLOYMENT.resolve("database"))
        .schemas("purgeline")
        .load()
        .migrate();
  }

  private TestDatabase as(String role, String password) {
    var separator = database.jdbcUrl().contains("?") ? "&" : "?";
    return new TestDatabase(
        database.jdbcUrl() + separator + "currentSchema=purgeline", role, password);
  }

  /** The script as psql would run it, with its passwords read from the environment. */
  private static String roles() throws IOException {
    return Files.readString(DEPLOYMENT.resolve("init-roles.sql"))
        .replaceAll("(?m)^\\\\getenv .*$", "")
        .replace(":'owner_password'", "'owner''s'")
        .replace(":'app_password'", "'app''s'");
  }
}
