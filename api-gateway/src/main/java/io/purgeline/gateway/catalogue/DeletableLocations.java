package io.purgeline.gateway.catalogue;

import io.purgeline.location.Location;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The places of a resource, as they pass from its record to its deletion. */
@Repository
public class DeletableLocations {

  private final JdbcClient jdbc;

  DeletableLocations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The live locations of a resource, in order. */
  public List<Location> of(String ownerKind, String ownerId) {
    return jdbc.sql(
            """
            select uri from storage_location
            where owner_kind = :kind and owner_id = :id and deletion_id is null
            order by uri
            """)
        .param("kind", ownerKind)
        .param("id", ownerId)
        .query((row, n) -> Location.parse(row.getString(1)))
        .list();
  }

  /**
   * Gives a resource's live locations to its deletion. They stay reserved: their rows go only when
   * they were seen empty.
   */
  public List<HandedOver> handOver(String ownerKind, String ownerId, UUID deletionId) {
    return jdbc.sql(
            """
            with handed as (
              update storage_location set deletion_id = :deletion
              where owner_kind = :kind and owner_id = :id and deletion_id is null
              returning id, uri)
            select id, uri from handed order by uri
            """)
        .param("deletion", deletionId)
        .param("kind", ownerKind)
        .param("id", ownerId)
        .query((row, n) ->
            new HandedOver(row.getObject("id", UUID.class), Location.parse(row.getString("uri"))))
        .list();
  }

  /** A location that now belongs to a deletion. */
  public record HandedOver(UUID id, Location location) {}
}
