package io.purgeline.worker.purge;

import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.directories.Unlinked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books a directory's purge. What a tree held is written before its first file goes; after a crash
 * the tree is counted again, and the difference is what was unlinked.
 */
final class DirectoryLedger {

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final TaskRow row;

  DirectoryLedger(TransactionOperations transactions, JdbcClient jdbc, TaskRow row) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.row = row;
  }

  /** A tree was found and is about to be moved aside. */
  DirectoryCursor found(Lease lease, TreeIdentity tree) {
    lease.requireHeld();
    var cursor = DirectoryCursor.found(tree, purged(lease));
    row.keep(lease, cursor.write());
    return cursor;
  }

  /**
   * What the tree in the trash holds now: all of it the first time, the rest of it after a break.
   */
  void count(Lease lease, DirectoryCursor cursor, Tally now) {
    lease.requireHeld();
    transactions.executeWithoutResult(tx -> {
      forgetFailures(lease);
      var counted = cursor.counted();
      if (counted == null) {
        row.plan(lease, now, cursor.counted(now).write());
      } else {
        var gone = new Tally(counted.objects() - now.objects(), counted.bytes() - now.bytes());
        setPurged(lease, cursor.before(), gone);
      }
    });
  }

  /** A tree that was counted is gone without a word of how: all of it was unlinked. */
  void settleVanished(Lease lease, DirectoryCursor cursor) {
    transactions.executeWithoutResult(tx -> {
      forgetFailures(lease);
      var counted = cursor.counted();
      if (counted != null) {
        setPurged(lease, cursor.before(), counted);
      }
      row.endPass(lease);
    });
  }

  /** Entries were confirmed unlinked. */
  void removed(Lease lease, Tally since) {
    row.settle(lease, since, Tally.NONE, Tally.NONE, null);
  }

  /** What could not be unlinked. */
  void failures(Lease lease, Unlinked unlinked) {
    if (!unlinked.failures().isEmpty()) {
      transactions.executeWithoutResult(tx -> {
        var failed = new Tally(unlinked.failed(), unlinked.failedBytes());
        row.settle(lease, Tally.NONE, Tally.NONE, failed, null);
        row.fail(lease, unlinked.failures());
      });
    }
  }

  /**
   * The tree is gone. What a writer added after the count was removed too, so it was planned too.
   */
  void treeGone(Lease lease) {
    TaskRow.execute(
        lease,
        row.guarded(
            lease,
            "cursor = null, objects_planned = objects_purged, bytes_planned = bytes_purged"));
  }

  private void forgetFailures(Lease lease) {
    TaskRow.execute(lease, row.guarded(lease, "objects_failed = 0, bytes_failed = 0"));
    jdbc.sql("delete from purge_failure where task_id = :id").param("id", lease.taskId()).update();
  }

  /** Never less than what was confirmed: a writer may have added more than was unlinked. */
  private void setPurged(Lease lease, Tally before, Tally gone) {
    TaskRow.execute(
        lease,
        row.guarded(
                lease,
                """
                objects_purged = greatest(objects_purged, :before + :gone),
                bytes_purged = greatest(bytes_purged, :beforeBytes + :goneBytes)
                """)
            .param("before", before.objects())
            .param("gone", gone.objects())
            .param("beforeBytes", before.bytes())
            .param("goneBytes", gone.bytes()));
  }

  private Tally purged(Lease lease) {
    return jdbc.sql("select objects_purged, bytes_purged from purge_task where id = :id")
        .param("id", lease.taskId())
        .query((result, n) -> new Tally(result.getLong(1), result.getLong(2)))
        .single();
  }
}
