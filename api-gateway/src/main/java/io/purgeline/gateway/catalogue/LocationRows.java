package io.purgeline.gateway.catalogue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.purgeline.database.Ids;
import io.purgeline.gateway.catalogue.LocationConflicts.OverlapException;
import io.purgeline.location.Location;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  /** Reserves them all, or none of the transaction. */
  void reserve(String kind, String ownerId, List<Location> locations) {
    locations.stream().map(Location::store).distinct().sorted().forEach(this::lockNew);
    locations.forEach(location -> reserve(kind, ownerId, location));
  }

  /**
   * Lets nobody else reserve a place in this store until the transaction ends. Two rows that
   * overlap, inserted at the same moment, each wait for the other: the constraint alone would
   * answer with deadlocks, each found after a second.
   */
  private void lockNew(String store) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('purgeline.locations:' || :store, 0))")
        .param("store", store)
        .query()
        .listOfRows();
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

  /** The live places of a resource, in order. */
  List<Held> of(String kind, String ownerId) {
    return of(kind, List.of(ownerId)).getOrDefault(ownerId, List.of());
  }

  /** The live places of each of these resources that has any, in order. */
  Map<String, List<Held>> of(String kind, Collection<String> ownerIds) {
    return jdbc
        .sql(
            """
            select owner_id, id, uri from storage_location
            where owner_kind = :kind and owner_id = any(:owners) and deletion_id is null
            order by uri collate "C"
            """)
        .param("kind", kind)
        .param("owners", ownerIds.toArray(String[]::new))
        .query((row, n) ->
            Map.entry(
                row.getString("owner_id"),
                new Held(row.getObject("id", UUID.class), Location.parse(row.getString("uri")))))
        .list()
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /** A reserved place. */
  record Held(UUID id, Location location) {

    LocationBody body() {
      return LocationBody.of(location);
    }
  }
}
