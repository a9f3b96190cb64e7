package io.purgeline.worker.purge;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionOperations;

/** Takes out registered objects that are not there, and those that never were any. */
final class SampleRows {

  private static final int AT_ONCE = 10_000;

  private static final String NOT_LISTED =
      "location_id = :owner and object_key > :behind and object_key <> all(:keys)";

  /** Not joined by "or": no index would know where to end. */
  private static final String TO_THE_LAST_KEY = NOT_LISTED + " and object_key <= :through";

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final TaskRow row;

  SampleRows(TransactionOperations transactions, JdbcClient jdbc, TaskRow row) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.row = row;
  }

  /** Whether keys of this place are registered. */
  boolean hasAny(@Nullable UUID locationId) {
    return jdbc.sql("select exists (select from sample where location_id = :location)")
        .param("location", locationId)
        .query(Boolean.class)
        .single();
  }

  /**
   * Takes out rows whose keys no listing showed, and counts them as already absent.
   *
   * @return whether there may be more
   */
  boolean settleAbsent(Lease lease, @Nullable UUID locationId) {
    return settleAbsent(lease, removal("location_id = :owner", locationId));
  }

  /** The same in a part of the place, where some keys are listed. */
  boolean settleAbsent(Lease lease, @Nullable UUID locationId, Listed listed) {
    return settleAbsent(
        lease,
        removal(listed.through() == null ? NOT_LISTED : TO_THE_LAST_KEY, locationId)
            .param("behind", listed.behind())
            .param("through", listed.through())
            .param("keys", listed.keys().toArray(String[]::new)));
  }

  private boolean settleAbsent(Lease lease, StatementSpec removal) {
    return Boolean.TRUE.equals(
        transactions.execute(tx -> {
          var absent = removed(removal);
          if (!absent.isNone()) {
            row.alreadyAbsent(lease, absent);
          }
          return absent.objects() == AT_ONCE;
        }));
  }

  /**
   * Takes out rows that never had an object.
   *
   * @return whether there may be more
   */
  boolean removeKeyless(Lease lease, @Nullable UUID datasetId) {
    return Boolean.TRUE.equals(
        transactions.execute(tx -> {
          var removed = removed(removal("dataset_id = :owner and location_id is null", datasetId));
          row.settle(lease, Tally.NONE, Tally.NONE, Tally.NONE, null);
          return removed.objects() == AT_ONCE;
        }));
  }

  private StatementSpec removal(String which, @Nullable UUID owner) {
    return jdbc.sql(
            """
            with gone as (
              delete from sample
              where ctid = any (array(select ctid from sample where %s limit %d))
              returning size_bytes)
            select count(*), coalesce(sum(size_bytes), 0) from gone
            """
                .formatted(which, AT_ONCE))
        .param("owner", owner);
  }

  private static Tally removed(StatementSpec removal) {
    return removal.query((result, n) -> new Tally(result.getLong(1), result.getLong(2))).single();
  }

  /**
   * What a listing shows of a part of a place.
   *
   * @param behind the part begins behind this key
   * @param through the last key of the part, null if it has no end
   * @param keys all that are there, each once
   */
  record Listed(String behind, @Nullable String through, List<String> keys) {}
}
