package io.purgeline.worker.purge;

import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.directories.Unlinked;
import io.purgeline.worker.store.ItemFailure;
import java.util.List;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books a directory's purge. What a tree holds is planned before its first file goes; from then on
 * the rest of it is what was planned and is neither purged nor already absent.
 */
final class DirectoryLedger {

  private final TransactionOperations transactions;
  private final TaskRow row;

  DirectoryLedger(TransactionOperations transactions, TaskRow row) {
    this.transactions = transactions;
    this.row = row;
  }

  /** A tree was found and is about to be moved aside. */
  DirectoryCursor found(Lease lease, TreeIdentity tree) {
    lease.requireHeld();
    var cursor = DirectoryCursor.found(tree);
    row.keep(lease, cursor.write());
    return cursor;
  }

  /**
   * What the tree in the trash holds now. After a crash less than the rest that was booked: the
   * difference was unlinked before the crash, so that the worker that was lost had got on. What is
   * more was added by a writer, or could not be read before.
   */
  DirectoryCursor count(Lease lease, DirectoryCursor cursor, Tally now) {
    lease.requireHeld();
    var booked = cursor.booked(true);
    TaskRow.execute(
        lease,
        row.guarded(
                lease,
                """
                objects_purged = objects_purged
                  + greatest(objects_planned - objects_purged - objects_already_absent - :objects, 0),
                bytes_purged = bytes_purged
                  + greatest(bytes_planned - bytes_purged - bytes_already_absent - :bytes, 0),
                objects_planned
                  = greatest(objects_planned, objects_purged + objects_already_absent + :objects),
                bytes_planned = greatest(bytes_planned, bytes_purged + bytes_already_absent + :bytes),
                objects_failed = 0, bytes_failed = 0,
                barren_claims = case
                  when objects_planned - objects_purged - objects_already_absent > :objects then 0
                  else barren_claims end,
                cursor = cast(:cursor as jsonb)
                """)
            .param("objects", now.objects())
            .param("bytes", now.bytes())
            .param("cursor", booked.write()));
    return booked;
  }

  /** Unlinking begins: what failed last time is met again. */
  void begin(Lease lease, DirectoryCursor cursor) {
    transactions.executeWithoutResult(tx -> {
      row.keep(lease, cursor.booked(false).write());
      forgetFailures(lease);
    });
  }

  /** Entries were confirmed unlinked. */
  void removed(Lease lease, Tally since) {
    row.settle(lease, since, Tally.NONE, Tally.NONE, null);
  }

  /** Paths that could not be unlinked. How many entries they are is booked at the end. */
  void failed(Lease lease, List<ItemFailure> page) {
    lease.requireHeld();
    transactions.executeWithoutResult(tx -> {
      row.touch(lease);
      row.failures().add(lease, page);
    });
  }

  /**
   * Unlinking ended and something is left. If something failed, all that was not confirmed gone
   * counts as failed, until the next attempt: what lies where nobody may look is not called absent.
   */
  void leftBehind(Lease lease, DirectoryCursor cursor, Unlinked unlinked) {
    var failed = unlinked.failed();
    TaskRow.execute(
        lease,
        row.guarded(
                lease,
                """
                objects_failed = case when :anyFailed then
                  greatest(objects_planned - objects_purged - objects_already_absent, :objects)
                  else 0 end,
                bytes_failed = case when :anyFailed then
                  greatest(bytes_planned - bytes_purged - bytes_already_absent, :bytes) else 0 end,
                objects_planned
                  = greatest(objects_planned, objects_purged + objects_already_absent + :objects),
                bytes_planned = greatest(bytes_planned, bytes_purged + bytes_already_absent + :bytes),
                cursor = cast(:cursor as jsonb)
                """)
            .param("anyFailed", unlinked.failures() > 0)
            .param("objects", failed.entries())
            .param("bytes", failed.bytes())
            .param("cursor", cursor.booked(true).write()));
  }

  /**
   * The tree is gone. What was planned and not unlinked was removed by others; what was unlinked
   * and not planned was added by a writer after the count.
   */
  void treeGone(Lease lease) {
    TaskRow.execute(
        lease,
        row.guarded(
            lease,
            """
            objects_failed = 0, bytes_failed = 0, cursor = null,
            objects_already_absent
              = greatest(objects_already_absent, objects_planned - objects_purged),
            bytes_already_absent = greatest(bytes_already_absent, bytes_planned - bytes_purged),
            objects_planned = greatest(objects_planned, objects_purged + objects_already_absent),
            bytes_planned = greatest(bytes_planned, bytes_purged + bytes_already_absent)
            """));
  }

  /**
   * The tree is neither in the trash nor at its path. If a crash has cut its unlinking, the rest
   * was unlinked before that; otherwise it was removed by others.
   */
  void vanished(Lease lease, DirectoryCursor cursor) {
    if (!cursor.booked()) {
      count(lease, cursor, Tally.NONE);
    }
    treeGone(lease);
  }

  /** Nothing is left, so nothing has failed: what did in earlier attempts is gone. */
  void forgetFailures(Lease lease) {
    transactions.executeWithoutResult(tx -> {
      TaskRow.execute(lease, row.guarded(lease, "objects_failed = 0, bytes_failed = 0"));
      row.failures().forget(lease);
    });
  }

  /** The paths that could not be unlinked, in short. */
  TaskFailures.Summary failures(Lease lease) {
    return row.failures().summary(lease);
  }
}
