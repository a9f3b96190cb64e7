package io.purgeline.gateway.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.gateway.deadletter.ReplayRequest.Selector;
import io.purgeline.gateway.http.QueryValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the dead letters of a replay, and tells why some cannot be part of it. */
@Repository
class Selection {

  /**
   * Of those that are meant, the ones that can be put back. What would be purged must still be this
   * deletion's own: whoever took its place since then keeps what is there. The worker asks the same
   * again before it purges anything.
   */
  private static final String CANDIDATES =
      """
      select l.id, l.state, l.class, l.bytes, l.first_at, l.store, t.location,
             exists (select from replay_item i where i.dead_letter_id = l.id and i.outcome is null) as claimed,
             t.location_id is not null and not exists (
               select from storage_location s where s.id = t.location_id and s.deletion_id = t.deletion_id) as taken
      from dead_letter l left join purge_task t on t.id = l.task_id
      """;

  private static final String FREE =
      "state = 'OPEN' and class <> 'UNREADABLE' and not claimed and not taken";

  private static final String COUNTS =
      """
             count(*) filter (where %1$s) as accepted,
             coalesce(sum(bytes) filter (where %1$s), 0) as bytes,
             min(first_at) filter (where %1$s) as oldest,
             count(*) filter (where state = 'REPLAYING' or state = 'OPEN' and claimed) as replaying,
             count(*) filter (where state = 'RESOLVED') as resolved,
             count(*) filter (where state = 'DISCARDED') as discarded,
             count(*) filter (where state = 'OPEN' and not claimed and class = 'UNREADABLE') as unreadable,
             count(*) filter (where state = 'OPEN' and not claimed and class <> 'UNREADABLE' and taken)
               as protected
      from candidate
      """
          .formatted(FREE);

  private final JdbcClient jdbc;

  Selection(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Which letters a selector means, as conditions on {@code dead_letter l}. */
  Conditions conditions(Selector selector) {
    if (selector.ids() != null) {
      return new Conditions().and("l.id = any(:ids)", "ids", known(selector.ids()));
    }
    if (selector.filter() != null) {
      return selector.filter().read().conditions();
    }
    var group = QueryValues.text("group", selector.group());
    return new Conditions().and("l.fingerprint = :group", "group", group);
  }

  private UUID[] known(List<String> ids) {
    var wanted =
        ids.stream()
            .map(id -> QueryValues.uuid(id, "Invalid dead_letter_id format"))
            .toArray(UUID[]::new);
    var unknown = new TreeSet<>(Stream.of(wanted).toList());
    jdbc.sql("select id from dead_letter where id = any(:ids)")
        .param("ids", wanted)
        .query(UUID.class)
        .list()
        .forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw DeadLetters.notFound(unknown.getFirst());
    }
    return wanted;
  }

  /** Looks at them without changing anything. */
  Look look(Conditions which) {
    return jdbc.sql("with candidate as materialized (%s) select %s".formatted(all(which), COUNTS))
        .params(which.values())
        .query((row, n) -> look(row, 0))
        .single();
  }

  /**
   * Claims them for a replay: of two that want the same letter, one gets it. What is claimed and
   * what is counted is one and the same list.
   */
  Look claim(UUID replay, Conditions which) {
    return jdbc.sql(
            """
            with candidate as materialized (%s), claimed as (
              insert into replay_item (replay_id, dead_letter_id, store)
              select :replay, id, store from candidate where %s order by id
              on conflict do nothing
              returning dead_letter_id
            )
            select (select count(*) from claimed) as claimed, %s
            """
                .formatted(all(which), FREE, COUNTS))
        .params(which.values())
        .param("replay", replay)
        .query((row, n) -> look(row, row.getLong("accepted") - row.getLong("claimed")))
        .single();
  }

  private static String all(Conditions which) {
    return CANDIDATES + which.where();
  }

  /** Another replay may have claimed some of them at the same moment. */
  private static Look look(ResultSet row, long lost) throws SQLException {
    return new Look(
        row.getLong("accepted") - lost,
        row.getLong("bytes"),
        Columns.instantOrNull(row, "oldest"),
        new Skipped(
            row.getLong("replaying") + lost,
            row.getLong("resolved"),
            row.getLong("discarded"),
            row.getLong("protected"),
            row.getLong("unreadable")));
  }

  /** Stores, or single buckets, of these letters that cannot be purged now. */
  List<Outage> outages(Conditions which) {
    return jdbc.sql(
            """
            with candidate as materialized (%s), wanted as materialized (
              select distinct store, substring(location from '^[a-z0-9]+://[^/]+/[^/]+') as place from candidate where %s
            )
            select coalesce(nullif(o.place, ''), o.store) as store, min(o.problem) as problem
            from store_out_of_reach o join wanted w on w.store = o.queue and o.place in ('', w.place)
            group by 1 order by 1
            """
                .formatted(all(which), FREE))
        .params(which.values())
        .query((row, n) -> new Outage(row.getString("store"), row.getString("problem")))
        .list();
  }

  /**
   * What cannot be purged now.
   *
   * @param store {@code s3://STORE} or {@code dir://ROOT}; of a single bucket {@code
   *     s3://STORE/BUCKET}
   */
  record Outage(String store, String problem) {}

  /** What a replay meets: how many it gets, and why not the others. */
  record Look(long accepted, long bytes, @Nullable Instant oldest, Skipped skipped) {}

  /**
   * Letters that are meant but not put back.
   *
   * @param protectedOnes their place belongs to something else by now
   */
  record Skipped(
      long alreadyReplaying,
      long resolved,
      long discarded,
      @JsonProperty("protected") long protectedOnes,
      long unreadable) {}
}
