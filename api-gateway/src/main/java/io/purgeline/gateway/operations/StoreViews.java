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

  /** A worker repeats its report every 15 s; one that is gone says nothing about now. */
  private static final int FRESH_SECONDS = 60;

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
                with fresh as (
                  select queue, worker, place, since, problem from store_outage
                  where seen_at > clock_timestamp() - make_interval(secs => :fresh)
                ), known as (
                  select *, case when place like 's3://%'
                                 then 'purgeline.objects.' || split_part(substr(place, 6), '/', 1)
                                 else 'purgeline.directories.' || substr(place, 7) end as queue
                  from store_identity
                ), never_reached as (
                  select distinct queue, case when place <> '' then place
                                              when queue like 'purgeline.objects.%'
                                              then 's3://' || substr(queue, 19)
                                              else 'dir://' || substr(queue, 23) end as place
                  from fresh
                  where place = '' and queue not in (select queue from known)
                     or place <> '' and place not in (select place from known)
                ), store as (
                  select place, queue, identity, recorded_at, observed, problem, observed_at from known
                  union all
                  select place, queue, null, null, null, null, null from never_reached
                )
                select s.*, (select coalesce(jsonb_agg(jsonb_build_object(
                                      'worker', f.worker, 'since', f.since, 'problem', f.problem,
                                      'whole', f.place = '')
                                    order by f.worker), '[]')
                             from fresh f where f.queue = s.queue and f.place in ('', s.place)) as out_of_reach
                from store s where s.place > :after
                order by s.place limit :limit
                """)
            .param("fresh", FRESH_SECONDS)
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
