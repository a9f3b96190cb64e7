package io.purgeline.worker.place;

import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What each bucket and root was recognised by at first contact. Another one in its place is an
 * outage, never an empty place: what is missing there may be alive elsewhere. Owner of the worker's
 * writes to {@code store_identity}.
 */
final class PlaceIdentities {

  /** On record while all that was ever seen of a place tells it from no other. */
  private static final String NONE_YET = "none yet";

  private final JdbcClient jdbc;

  PlaceIdentities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The identity that is on record; none before the first contact. */
  Optional<String> recorded(String place) {
    return jdbc.sql("select identity from store_identity where place = :place")
        .param("place", place)
        .query((row, n) -> row.getString(1))
        .optional();
  }

  /**
   * Compares, and records at first contact.
   *
   * @throws StoreUnavailableException if another identity is on record, or if the same place is
   *     known by another name: what is alive by one of them could be purged by the other
   */
  void recognise(String place, String identity) {
    var recorded = isWellKnown(place, identity) ? identity : record(place, identity);
    var other = otherName(place, identity);
    if (other.isPresent()) {
      throw new StoreUnavailableException(
          """
          %s and %s are one place under two names (%s): \
          take the wrong one out of the configuration, or confirm the new one if the store was renamed\
          """
              .formatted(place, other.get(), identity),
          null);
    }
    if (!recorded.equals(identity)) {
      throw new StoreUnavailableException(
          "%s is not the one it was: its identity is %s, on record is %s; an operator has to confirm it"
              .formatted(place, identity, recorded),
          null);
    }
  }

  /** What is on record, from the first contact on. */
  private String record(String place, String identity) {
    var recorded = observe(place, identity);
    return recorded.equals(NONE_YET) && recordFirst(place, identity)
        ? observe(place, identity)
        : recorded;
  }

  /**
   * Whether an operator has accepted that this is all that is seen of the place. Another place in
   * its stead would look the same, so that a first contact proves nothing and is not recorded.
   */
  boolean isConfirmed(String place, String identity) {
    return isWellKnown(place, identity) || observe(place, identity).equals(identity);
  }

  /** Notes what is seen; answers what is on record. */
  private String observe(String place, String identity) {
    return jdbc.sql(
            """
            insert into store_identity (place, identity, observed, observed_at)
            values (:place, :none, :identity, clock_timestamp())
            on conflict (place) do update
            set observed = case when store_identity.identity = :identity then null else :identity end,
                problem = case when store_identity.identity = :identity then null
                          else store_identity.problem end,
                observed_at = clock_timestamp()
            returning identity
            """)
        .param("place", place)
        .param("identity", identity)
        .param("none", NONE_YET)
        .query((row, n) -> row.getString(1))
        .single();
  }

  /**
   * The identity of a place can be told at last, unless it is known by another name.
   *
   * @return whether it is on record now
   */
  private boolean recordFirst(String place, String identity) {
    try {
      jdbc.sql(
              """
              update store_identity set identity = :identity, recorded_at = clock_timestamp()
              where place = :place and identity = :none
              """)
          .param("identity", identity)
          .param("place", place)
          .param("none", NONE_YET)
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /**
   * Another name by which the same place is known, or was met lately, or by which somebody has live
   * data in it.
   */
  private Optional<String> otherName(String place, String identity) {
    return jdbc.sql(
            """
            select other.place from store_identity me
            join store_identity other on other.name_in_store = me.name_in_store and other.place <> me.place
            where me.place = :place
              and (other.identity = :identity
                   or other.observed = :identity
                      and (other.observed_at > clock_timestamp() - interval '5 minutes'
                           or exists (select from storage_location l
                                      where l.deletion_id is null
                                        and l.span && key_range(other.place || '/', other.place || '0'))))
            order by other.recorded_at limit 1
            """)
        .param("place", place)
        .param("identity", identity)
        .query(String.class)
        .optional();
  }

  /** Nothing to be written: all slices of a bucket meet in its one row. */
  private boolean isWellKnown(String place, String identity) {
    return jdbc.sql(
            """
            select exists (
              select from store_identity
              where place = :place and identity = :identity and observed is null and problem is null
                and observed_at > clock_timestamp() - interval '1 minute')
            """)
        .param("place", place)
        .param("identity", identity)
        .query(Boolean.class)
        .single();
  }

  /** The place could not be looked at, or another one was seen; that one stays on record. */
  void problem(String place, String problem) {
    jdbc.sql(
            """
            update store_identity set problem = :problem, observed_at = clock_timestamp()
            where place = :place and problem is distinct from :problem
            """)
        .param("place", place)
        .param("problem", problem)
        .update();
  }
}
