package io.purgeline.gateway.operations;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.operations.StoreView.Outage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is known of stores, with what the workers report of each. */
@Repository
class StoreViews {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  StoreViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By place. */
  Page<StoreView> page(int limit, @Nullable String after) {
    var rows =
        jdbc.sql(
                """
                with known as (
                  select *, substring(place from '^[a-z0-9]+://[^/]+') as store from store_identity
                ), never_reached as (
                  select distinct store, coalesce(nullif(place, ''), store) as place
                  from store_out_of_reach
                  where place = '' and store not in (select store from known)
                     or place <> '' and place not in (select place from known)
                ), listed as (
                  select place, store, identity, recorded_at, observed, problem, observed_at from known
                  union all
                  select place, store, null, null, null, null, null from never_reached
                )
                select s.*, (select coalesce(jsonb_agg(jsonb_build_object(
                                      'worker', f.worker, 'since', f.since, 'problem', f.problem,
                                      'whole', f.place = '')
                                    order by f.worker), '[]')
                             from store_out_of_reach f where f.store = s.store and f.place in ('', s.place)) as out_of_reach
                from listed s where s.place > :after
                order by s.place limit :limit
                """)
            .param("after", after == null ? "" : after)
            .param("limit", limit + 1)
            .query(StoreViews::row)
            .list();
    return Page.of(rows, limit, StoreView::place);
  }

  private static StoreView row(ResultSet row, int number) throws SQLException {
    return new StoreView(
        row.getString("place"),
        row.getString("identity"),
        Columns.instantOrNull(row, "recorded_at"),
        row.getString("observed"),
        row.getString("problem"),
        Columns.instantOrNull(row, "observed_at"),
        List.of(JSON.readValue(row.getString("out_of_reach"), Outage[].class)));
  }
}
