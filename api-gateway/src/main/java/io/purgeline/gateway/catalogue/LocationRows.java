package io.purgeline.gateway.catalogue;

import io.purgeline.database.Ids;
import io.purgeline.gateway.catalogue.LocationConflicts.OverlapException;
import io.purgeline.location.Location;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reserves places for new resources. The database itself sees to it that no two overlap. */
@Repository
class LocationRows {

  private final JdbcClient jdbc;

  LocationRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Reserves in one order everywhere, so that two requests for the same places do not lock each
   * other out.
   */
  void reserve(String kind, String ownerId, List<Location> locations) {
    locations.stream()
        .sorted(Comparator.comparing(Location::spanStart))
        .forEach(location -> reserve(kind, ownerId, location));
  }

  private void reserve(String kind, String ownerId, Location location) {
    try {
      jdbc.sql(
              """
              insert into storage_location (id, owner_kind, owner_id, uri, span)
              values (:id, :kind, :owner, :uri, key_range(:start, :end))
              """)
          .param("id", Ids.next())
          .param("kind", kind)
          .param("owner", ownerId)
          .param("uri", location.uri())
          .param("start", location.spanStart())
          .param("end", location.spanEnd())
          .update();
    } catch (DataIntegrityViolationException e) {
      throw LocationConflicts.isOverlap(e)
          ? new OverlapException(location.uri(), location.spanStart(), location.spanEnd())
          : e;
    }
  }

  /** The live places of a resource. */
  List<Held> of(String kind, String ownerId) {
    return jdbc.sql(
            """
            select id, uri from storage_location
            where owner_kind = :kind and owner_id = :owner and deletion_id is null order by uri
            """)
        .param("kind", kind)
        .param("owner", ownerId)
        .query((row, n) ->
            new Held(row.getObject("id", UUID.class), Location.parse(row.getString("uri"))))
        .list();
  }

  /** A reserved place. */
  record Held(UUID id, Location location) {}
}
