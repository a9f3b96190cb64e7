package io.purgeline.worker.place;

import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Optional;
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
   * @throws StoreUnavailableException if another identity is on record
   */
  void recognise(String place, String identity) {
    if (isWellKnown(place, identity)) {
      return;
    }
    var recorded = observe(place, identity, identity);
    if (recorded.equals(NONE_YET)) {
      recordFirst(place, identity);
      recorded = observe(place, identity, identity);
    }
    if (!recorded.equals(identity)) {
      throw new StoreUnavailableException(
          place
              + " is not the one it was: its identity is "
              + identity
              + ", on record is "
              + recorded
              + "; an operator has to confirm it",
          null);
    }
  }

  /**
   * Whether an operator has accepted that this is all that is seen of the place. Another place in
   * its stead would look the same, so that a first contact proves nothing and is not recorded.
   */
  boolean isConfirmed(String place, String identity) {
    return isWellKnown(place, identity) || observe(place, identity, NONE_YET).equals(identity);
  }

  /** Notes what is seen; answers what is on record, at first contact from now on. */
  private String observe(String place, String identity, String firstRecord) {
    return jdbc.sql(
            """
            insert into store_identity (place, identity, observed, observed_at)
            values (:place, :first, nullif(:identity, :first), clock_timestamp())
            on conflict (place) do update
            set observed = case when store_identity.identity = :identity then null else :identity end,
                problem = case when store_identity.identity = :identity then null
                          else store_identity.problem end,
                observed_at = clock_timestamp()
            returning identity
            """)
        .param("place", place)
        .param("identity", identity)
        .param("first", firstRecord)
        .query((row, n) -> row.getString(1))
        .single();
  }

  /** The identity of a place can be told at last. */
  private void recordFirst(String place, String identity) {
    jdbc.sql(
            """
            update store_identity set identity = :identity, recorded_at = clock_timestamp()
            where place = :place and identity = :none
            """)
        .param("identity", identity)
        .param("place", place)
        .param("none", NONE_YET)
        .update();
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
