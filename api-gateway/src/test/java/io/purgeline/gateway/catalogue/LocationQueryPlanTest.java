package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.Test;

/** There may be a place for every dataset there ever was: none is looked for among all of them. */
class LocationQueryPlanTest extends GatewayTestBase {

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

    var statement =
        LocationConflicts.IN_THE_WAY.replace(":start", "'dir://a/'").replace(":end", "'dir://a0'");
    var plan = sql.sql("explain " + statement).query(String.class).list();

    assertThat(String.join("\n", plan))
        .contains("storage_location_overlap")
        .doesNotContain("Seq Scan");
  }
}
