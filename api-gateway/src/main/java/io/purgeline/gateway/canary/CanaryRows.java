package io.purgeline.gateway.canary;

import io.purgeline.location.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The gateways' side of the table {@code canary}: one row for each store, one round at a time in
 * it. Each step is a guarded update, so that any number of gateways may take it at once.
 */
@Repository
class CanaryRows {

  /**
   * A row that no gateway has wanted for so long belongs to a store that is no longer configured.
   */
  private static final String UNWANTED = "wanted_at < clock_timestamp() - interval '5 minutes'";

  private static final String DUE =
      """
      store = any(:stores) and state = 'IDLE'
      and coalesce(began_at + make_interval(secs => :interval),
                   wanted_since + make_interval(secs => least(:interval, 60))) <= clock_timestamp()
      """;

  private static final String CHANGE =
      "update canary set %s where store = :store and dataset_id = :dataset and state = '%s'";

  private final JdbcClient jdbc;

  CanaryRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Says that these stores want canaries. */
  void want(Collection<String> stores) {
    jdbc.sql(
            """
            insert into canary (store)
            select store from unnest(cast(:stores as text[])) as wanted (store)
            where not exists (select from canary c
                              where c.store = wanted.store and c.wanted_at > clock_timestamp() - interval '1 minute')
            on conflict (store) do update set wanted_at = clock_timestamp()
            """)
        .param("stores", stores.toArray(String[]::new))
        .update();
  }

  /**
   * Stores of these whose next round is due: an interval after the last one began, if that has
   * ended. The first one waits a minute at most.
   */
  List<String> due(Collection<String> stores, Duration interval) {
    return jdbc.sql("select store from canary where " + DUE)
        .param("stores", stores.toArray(String[]::new))
        .param("interval", seconds(interval))
        .query((row, n) -> row.getString(1))
        .list();
  }

  /**
   * Begins a round, unless somebody else has.
   *
   * @return whether it is this gateway that began it, and goes on with it
   */
  boolean begin(Canary canary, Duration interval) {
    return jdbc.sql(
                """
                update canary
                set state = 'BEGUN', dataset_id = :dataset, location = :location, written = false,
                    deletion_id = null, began_at = clock_timestamp(), tried_at = null, problem = null
                where %s
                """
                    .formatted(DUE))
            .param("dataset", canary.dataset())
            .param("location", canary.location().uri())
            .param("stores", new String[] {canary.store()})
            .param("interval", seconds(interval))
            .update()
        == 1;
  }

  /** Rounds that a gateway began and did not go on with. */
  List<Canary> abandoned() {
    return rounds("state = 'BEGUN' and began_at < clock_timestamp() - interval '30 seconds'");
  }

  /** Rounds whose object or file is there. */
  List<Canary> written() {
    return rounds("state = 'WRITTEN'");
  }

  private List<Canary> rounds(String which) {
    return jdbc.sql("select store, dataset_id, location from canary where " + which)
        .query((row, n) ->
            new Canary(
                row.getString("store"),
                row.getObject("dataset_id", UUID.class),
                Location.parse(row.getString("location"))))
        .list();
  }

  /**
   * The dataset is in the catalogue, perhaps by more than one gateway.
   *
   * @return whether the round still goes on; if not, nobody else will delete the dataset
   */
  boolean registered(Canary canary) {
    change(canary, jdbc.sql(CHANGE.formatted("state = 'REGISTERED'", "BEGUN")));
    return jdbc.sql(
            """
            select exists (select from canary
                           where store = :store and dataset_id = :dataset and state not in ('IDLE', 'DELETING'))
            """)
        .param("store", canary.store())
        .param("dataset", canary.dataset())
        .query(Boolean.class)
        .single();
  }

  /** The round ends before it has come to anything; the next one is tried in its time. */
  void failed(Canary canary, String problem) {
    var idle = jdbc.sql(CHANGE.formatted("state = 'IDLE', problem = :problem", "BEGUN"));
    change(canary, idle.param("problem", problem));
  }

  /**
   * Rounds that nobody will write any more go on to their deletion, which then proves nothing:
   * where the worker was lost that had begun to, or nobody wants them.
   */
  void giveUpWriting(Duration age) {
    jdbc.sql(
            """
            update canary set state = 'WRITTEN'
            where state = 'WRITING' and tried_at < clock_timestamp() - make_interval(secs => :age)
               or state = 'REGISTERED' and %s
            """
                .formatted(UNWANTED))
        .param("age", seconds(age))
        .update();
  }

  void deleting(Canary canary, UUID deletion) {
    var deleting = "state = 'DELETING', deletion_id = :deletion";
    change(canary, jdbc.sql(CHANGE.formatted(deleting, "WRITTEN")).param("deletion", deletion));
  }

  /**
   * Ends rounds whose deletion has: with success if it was written and is verified purged. One that
   * was not written proved nothing: the next begins at once.
   *
   * @return how many ended
   */
  int conclude() {
    return jdbc.sql(
            """
            update canary c
            set state = 'IDLE', began_at = case when c.written then c.began_at end,
                last_success_at = case when c.written and d.state = 'PURGED' then d.finished_at
                                       else c.last_success_at end
            from deletion d
            where c.state = 'DELETING' and d.id = c.deletion_id and d.state in ('PURGED', 'INCOMPLETE')
            """)
        .update();
  }

  void removeUnwanted() {
    jdbc.sql("delete from canary where state = 'IDLE' and " + UNWANTED).update();
  }

  private static void change(Canary canary, JdbcClient.StatementSpec change) {
    change.param("store", canary.store()).param("dataset", canary.dataset()).update();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
