package io.purgeline.gateway.deletion;

import io.purgeline.audit.AuditEntry;
import io.purgeline.deletion.ResourceKind;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes the datasets of canaries, in the very way of a DELETE over HTTP. */
@Component
public class CanaryDeletion {

  private static final Requester CANARY =
      new Requester(AuditEntry.CANARY, "to see that deleting works");

  private final DatasetDeletion datasets;
  private final DeletionRows deletions;
  private final TransactionOperations transactions;
  private final JdbcClient jdbc;

  CanaryDeletion(
      DatasetDeletion datasets,
      DeletionRows deletions,
      TransactionOperations transactions,
      JdbcClient jdbc) {
    this.datasets = datasets;
    this.deletions = deletions;
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /**
   * Deletes the dataset, unless that was done already.
   *
   * @return the deletion
   * @throws io.purgeline.gateway.http.ApiException if it cannot be deleted now
   */
  public UUID delete(UUID dataset) {
    return deletions
        .latest(ResourceKind.DATASET, dataset.toString())
        .orElseGet(() -> datasets.delete(dataset, CANARY));
  }

  /**
   * Removes what was purged more than a day ago, so that lists are not full of canaries. The audit
   * trail keeps every one; those that once gave up stay with their dead letters.
   */
  public void forgetOld() {
    transactions.executeWithoutResult(tx -> {
      var old =
          jdbc.sql(
                  """
                  select id from deletion d
                  where actor = :canary and state = 'PURGED' and finished_at < clock_timestamp() - interval '1 day'
                    and not exists (select from dead_letter l where l.deletion_id = d.id)
                  order by finished_at limit 1000 for update skip locked
                  """)
              .param("canary", AuditEntry.CANARY)
              .query(UUID.class)
              .list()
              .toArray(UUID[]::new);
      jdbc.sql("delete from purge_task where deletion_id = any(:old)").param("old", old).update();
      jdbc.sql("delete from deletion where id = any(:old)").param("old", old).update();
    });
  }
}
