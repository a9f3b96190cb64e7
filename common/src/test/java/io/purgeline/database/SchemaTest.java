package io.purgeline.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.PostgresServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Other systems may live in the same database: all that is ours is in the schema purgeline. */
class SchemaTest {

  private final JdbcTemplate database =
      new JdbcTemplate(PostgresServer.shared().newMigratedDatabase().dataSource());

  @Test
  void holdsEverything() {
    assertThat(objects("= 'purgeline'"))
        .contains(
            "class outbox", "class audit_entry_by_act", "proc snooze_deletions", "type outbox");
    assertThat(objects("not in ('purgeline', 'pg_catalog', 'pg_toast', 'information_schema')"))
        .isEmpty();
  }

  @Test
  void needsNoOtherSchemaAndNoExtension() {
    assertThat(
            database.queryForList(
                "select nspname::text from pg_namespace where nspname !~ '^pg_'", String.class))
        .containsExactlyInAnyOrder("public", "information_schema", "purgeline");
    assertThat(database.queryForList("select extname::text from pg_extension", String.class))
        .containsExactly("plpgsql");
  }

  /** Tables, views, indexes and sequences; functions; types. */
  private List<@Nullable String> objects(String schema) {
    return database.queryForList(
        """
        select kind || ' ' || name
        from (select 'class', relname, relnamespace from pg_class union all
              select 'proc', proname, pronamespace from pg_proc union all
              select 'type', typname, typnamespace from pg_type) as object (kind, name, namespace)
        join pg_namespace n on n.oid = object.namespace and n.nspname %s
        """
            .formatted(schema),
        String.class);
  }
}
