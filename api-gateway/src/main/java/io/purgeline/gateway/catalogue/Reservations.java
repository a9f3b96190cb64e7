package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Ids of deleted resources: reserved until their purge is verified, remembered for ever. */
@Repository
class Reservations {

  private final JdbcClient jdbc;

  Reservations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * To be called after the insert of a row with that id, in the same transaction: the insert waits
   * for a deletion that is about to commit, so that this look cannot miss it.
   */
  void requireFree(String kind, String id) {
    latest(kind, id, "and state not in ('PURGED', 'RESTORED')")
        .ifPresent(deletion -> {
          throw ApiException.conflict(
                  "The id " + id + " is reserved until its deletion has been purged")
              .with("deletion_id", deletion);
        });
  }

  /** The 404 of a resource; if it was deleted before, it says by which deletion. */
  ApiException notFound(String kind, String id, String detail) {
    var missing = ApiException.notFound(detail);
    latest(kind, id, "").ifPresent(deletion -> missing.with("deletion_id", deletion));
    return missing;
  }

  /** The 400 of a request that builds on a dataset that is not there. */
  ApiException missingDataset(UUID id) {
    var missing = ApiException.badRequest("Dataset not found: " + id);
    latest("dataset", id.toString(), "")
        .ifPresent(deletion -> missing.with("deletion_id", deletion));
    return missing;
  }

  /** Whether there once was such a dataset. */
  boolean wasDeleted(UUID dataset) {
    return latest("dataset", dataset.toString(), "").isPresent();
  }

  private Optional<UUID> latest(String kind, String id, String which) {
    return jdbc.sql(
            """
            select id from deletion where resource_kind = :kind and resource_id = :id %s
            order by id desc limit 1
            """
                .formatted(which))
        .param("kind", kind)
        .param("id", id)
        .query((row, n) -> row.getObject(1, UUID.class))
        .optional();
  }
}
