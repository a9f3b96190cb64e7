package io.purgeline.gateway.catalogue;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps datasets from being deleted until the transaction ends: what is about to need them is then
 * seen by the deletion, or finds them gone.
 */
@Repository
class DatasetLocks {

  private final JdbcClient jdbc;

  DatasetLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks those that exist, by id; answers those that do not. */
  Set<UUID> share(Collection<UUID> ids) {
    var missing = new LinkedHashSet<>(ids);
    var present =
        jdbc.sql("select id from dataset where id = any(:ids) order by id for share")
            .param("ids", ids.toArray(UUID[]::new))
            .query((row, n) -> row.getObject(1, UUID.class))
            .list();
    missing.removeAll(present);
    return missing;
  }
}
