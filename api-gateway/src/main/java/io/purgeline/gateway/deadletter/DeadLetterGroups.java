package io.purgeline.gateway.deadletter;

import io.purgeline.database.Columns;
import io.purgeline.deletion.FailureClass;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Dead letters by cause. The numbers come from a tally that the database keeps, so that they cost
 * the same for ten letters and for a million.
 */
@Repository
class DeadLetterGroups {

  private static final Logger log = LoggerFactory.getLogger(DeadLetterGroups.class);
  private static final int MOST = 1_000;

  private final JdbcClient jdbc;

  DeadLetterGroups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those with open letters, the largest first. */
  List<DeadLetterGroup> open() {
    return jdbc.sql(
            """
            with part as (
              select fingerprint, class, kind, store, sum(letters) as letters, sum(bytes) as bytes
              from dead_letter_tally where state = 'OPEN'
              group by fingerprint, class, kind, store having sum(letters) > 0
            ), whole as (
              select fingerprint, sum(letters) as letters, sum(bytes) as bytes,
                     array_agg(distinct kind order by kind) filter (where kind is not null) as kinds,
                     array_agg(distinct store order by store) filter (where store is not null) as stores
              from part group by fingerprint order by sum(letters) desc, fingerprint limit :most
            )
            select w.*, latest.class, latest.title, latest.last_at, first.first_at, samples.ids
            from whole w
            cross join lateral (
              select class, title, last_at from dead_letter
              where fingerprint = w.fingerprint and state = 'OPEN' order by last_at desc limit 1) latest
            cross join lateral (
              select first_at from dead_letter
              where fingerprint = w.fingerprint and state = 'OPEN' order by id limit 1) first
            cross join lateral (
              select array_agg(id) as ids from (
                select id from dead_letter
                where fingerprint = w.fingerprint and state = 'OPEN' order by id limit 3) few) samples
            order by w.letters desc, w.fingerprint
            """)
        .param("most", MOST)
        .query((row, n) -> group(row))
        .list();
  }

  private static DeadLetterGroup group(ResultSet row) throws SQLException {
    return new DeadLetterGroup(
        row.getString("fingerprint"),
        FailureClass.valueOf(row.getString("class")),
        row.getString("title"),
        row.getLong("letters"),
        row.getLong("bytes"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"),
        list(row.getArray("kinds"), String[].class),
        list(row.getArray("stores"), String[].class),
        list(row.getArray("ids"), UUID[].class));
  }

  private static <T> List<T> list(@Nullable Array array, Class<T[]> type) throws SQLException {
    return array == null ? List.of() : Arrays.asList(type.cast(array.getArray()));
  }

  @Scheduled(fixedDelay = 10_000)
  void run() {
    try {
      addUp();
    } catch (DataAccessException e) {
      log.warn("the tally of dead letters is added up later: {}", e.toString());
    }
  }

  /**
   * Puts the tally's rows of each sort into one. Whoever reads meanwhile sees the rows of before or
   * of after; of two who do this at once, each takes what the other left.
   *
   * @return how many rows there are less
   */
  int addUp() {
    return Objects.requireNonNull(
        jdbc.sql(
                """
                with gone as (
                  delete from dead_letter_tally
                  where fingerprint in (
                    select fingerprint from dead_letter_tally
                    group by fingerprint, class, state, kind, store, snoozed_until having count(*) > 1)
                  returning *
                ), sums as (
                  insert into dead_letter_tally
                  select fingerprint, class, state, kind, store, sum(letters), sum(bytes), snoozed_until from gone
                  group by fingerprint, class, state, kind, store, snoozed_until
                  having sum(letters) <> 0 or sum(bytes) <> 0
                  returning 1
                )
                select (select count(*) from gone) - (select count(*) from sums)
                """)
            .query(Integer.class)
            .single());
  }
}
