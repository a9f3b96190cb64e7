package io.purgeline.gateway.operations;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What stores are recognised by, as operators change it. */
@Repository
class StoreIdentities {

  private final JdbcClient jdbc;

  StoreIdentities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes what was last seen in a place for what belongs there, if it is what the operator saw. If
   * it was known by another name, it is no longer. Part of the caller's transaction.
   *
   * @throws ApiException 404 if the place is unknown, 409 if that was not seen there last, or if
   *     something is still registered by the other name
   */
  StoreIdentity accept(String place, String seen) {
    otherName(place, seen).ifPresent(other -> giveUp(other, place, seen));
    return jdbc.sql(
            """
            update store_identity
            set identity = observed, problem = null, recorded_at = clock_timestamp()
            where place = :place and observed = :seen
            returning place, identity, recorded_at, observed, problem, observed_at
            """)
        .param("place", place)
        .param("seen", seen)
        .query(StoreIdentities::row)
        .optional()
        .orElseThrow(() -> refusal(place, seen));
  }

  /** Where identities cannot be told, all are the same. */
  private Optional<OtherName> otherName(String place, String seen) {
    return jdbc.sql(
            """
            select other.place,
                   exists (select from storage_location l
                           where l.span && key_range(other.place || '/', other.place || '0')) as used
            from store_identity me
            join store_identity other on other.name_in_store = me.name_in_store and other.place <> me.place
            where me.place = :place and me.observed = :seen and other.identity = :seen and :seen <> 'unknown'
            """)
        .param("place", place)
        .param("seen", seen)
        .query((row, n) -> new OtherName(row.getString("place"), row.getBoolean("used")))
        .optional();
  }

  private void giveUp(OtherName other, String place, String seen) {
    if (other.used()) {
      throw ApiException.conflict(
          "Cannot accept the identity '%s' of %s: it is that of %s, where something is registered."
              .formatted(seen, place, other.place()));
    }
    // Kept with what was seen there: should somebody register something by that name after all, it
    // is seen that both lead to one place.
    jdbc.sql(
            """
            update store_identity
            set identity = 'none yet', observed = :seen, observed_at = null, problem = null
            where place = :place
            """)
        .param("seen", seen)
        .param("place", other.place())
        .update();
  }

  private ApiException refusal(String place, String seen) {
    Optional<String> known =
        jdbc.sql("select place from store_identity where place = :place")
            .param("place", place)
            .query(String.class)
            .optional();
    return known.isEmpty()
        ? ApiException.notFound("Place not found: " + place)
        : ApiException.conflict(
            "Cannot accept the identity '%s' of %s: it is not what was observed there last."
                .formatted(seen, place));
  }

  private static StoreIdentity row(ResultSet row, int number) throws SQLException {
    return new StoreIdentity(
        row.getString("place"),
        row.getString("identity"),
        Columns.instant(row, "recorded_at"),
        row.getString("observed"),
        row.getString("problem"),
        Columns.instantOrNull(row, "observed_at"));
  }

  private record OtherName(String place, boolean used) {}

  /**
   * A bucket or root and what it is recognised by.
   *
   * @param identity what was recorded at first contact
   * @param observed what was seen last
   * @param problem why its purges are stopped, null if they are not
   */
  record StoreIdentity(
      String place,
      String identity,
      Instant recordedAt,
      @Nullable String observed,
      @Nullable String problem,
      @Nullable Instant observedAt) {}
}
