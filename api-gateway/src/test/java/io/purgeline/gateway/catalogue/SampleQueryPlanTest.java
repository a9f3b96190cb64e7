package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of samples is the largest by far: nothing reads it from end to end. */
class SampleQueryPlanTest extends GatewayTestBase {

  @BeforeEach
  void fill() {
    if (records.count("sample") > 40_000) {
      return;
    }
    sql.sql(
            """
            insert into sample (dataset_id, location_id, sample_idx, object_key, size_bytes)
            select d, l, n, 'a/' || n, 1
            from (select gen_random_uuid() d, gen_random_uuid() l from generate_series(1, 50)) x, generate_series(1, 1000) n
            """)
        .update();
    sql.sql("analyze sample").update();
  }

  /** What a worker asks while it purges. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select object_key from sample where location_id = 'ID' and object_key > 'a' order by object_key limit 1000",
        "delete from sample where location_id = 'ID' and object_key = any (array['a', 'b'])",
        "select ctid from sample where location_id = 'ID' limit 10000",
        "select ctid from sample where dataset_id = 'ID' and location_id is null limit 10000"
      })
  void readsSamplesByIndex(String statement) {
    assertThat(plan(statement.replace("ID", UUID.randomUUID().toString())))
        .contains("sample_")
        .doesNotContain("Seq Scan");
  }

  @Test
  void findsTheOwnerOfAPlaceByIndex() {
    sql.sql(
            """
            insert into storage_location (id, owner_kind, owner_id, uri, span)
            select gen_random_uuid(), 'dataset', 'planned', 'dir://plan/' || n,
                   key_range('dir://plan/' || n || '/', 'dir://plan/' || n || '0')
            from generate_series(1, 3000) n on conflict do nothing
            """)
        .update();
    sql.sql("analyze storage_location").update();

    var plan =
        plan("select uri from storage_location where span && key_range('dir://a/', 'dir://a0')");

    assertThat(plan).contains("storage_location_overlap").doesNotContain("Seq Scan");
  }

  private String plan(String statement) {
    return String.join("\n", sql.sql("explain " + statement).query(String.class).list());
  }
}
