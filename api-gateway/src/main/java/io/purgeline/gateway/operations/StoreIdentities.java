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
   * Takes what was last seen in a place for what belongs there, if it is what the operator saw.
   *
   * @throws ApiException 404 if the place is unknown, 409 if that was not seen there last
   */
  StoreIdentity accept(String place, String seen) {
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
