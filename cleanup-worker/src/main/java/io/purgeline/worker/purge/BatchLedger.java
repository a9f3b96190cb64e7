package io.purgeline.worker.purge;

import io.purgeline.database.Commits;
import io.purgeline.database.Ids;
import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.ObjectEntry;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books every batch before it is sent and when it is answered, so that each entry that was ever
 * planned ends as exactly one of purged, retained or failed, whatever is killed in between. Owner
 * of {@code purge_batch} and, with {@link SampleRows}, of the deletes from {@code sample}.
 *
 * <p>The task's row comes last in each transaction: all batches of a task meet there, and none has
 * to wait for another's work. A worker that lost the task finds out there, and nothing is kept.
 */
final class BatchLedger {

  /** Batches to be told of at a time. */
  private static final int AT_ONCE = 100;

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final TaskRow row;
  private final SampleRows samples;
  private final Unanswered unanswered;

  BatchLedger(TransactionOperations transactions, JdbcClient jdbc, TaskRow row) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.row = row;
    this.samples = new SampleRows(transactions, jdbc, row);
    this.unanswered = new Unanswered(jdbc);
  }

  /** What is registered and was never in a batch. */
  SampleRows samples() {
    return samples;
  }

  /**
   * Books batches that are about to be sent; from then on each is settled exactly once, by this
   * worker or the next.
   */
  List<Batch> open(Lease lease, List<List<ObjectEntry>> listed, String cursor) {
    var batches = listed.stream().map(entries -> new Batch(Ids.next(), entries)).toList();
    transactions.executeWithoutResult(tx -> {
      batches.forEach(batch -> insert(lease, batch));
      row.plan(lease, tally(listed.stream().flatMap(List::stream).toList()), cursor);
    });
    return batches;
  }

  private void insert(Lease lease, Batch batch) {
    var entries = batch.entries();
    jdbc.sql(
            """
            insert into purge_batch (id, task_id, first_key, last_key, objects, bytes, entries)
            values (:id, :task, :first, :last, :objects, :bytes, :entries)
            """)
        .param("id", batch.id())
        .param("task", lease.taskId())
        .param("first", entries.getFirst().key())
        .param("last", entries.getLast().key())
        .param("objects", entries.size())
        .param("bytes", tally(entries).bytes())
        .param("entries", EntryCodec.encode(entries))
        .update();
  }

  /** Books the halves of a batch of several in its place. */
  List<Batch> halve(Lease lease, Batch batch) {
    var entries = batch.entries();
    var middle = entries.size() / 2;
    var halves =
        List.of(
            new Batch(Ids.next(), entries.subList(0, middle)),
            new Batch(Ids.next(), entries.subList(middle, entries.size())));
    transactions.executeWithoutResult(tx -> {
      remove(batch);
      halves.forEach(half -> insert(lease, half));
      row.touch(lease);
    });
    return halves;
  }

  private void remove(Batch batch) {
    jdbc.sql("delete from purge_batch where id = :id").param("id", batch.id()).update();
  }

  /** What counted as failed because its task was given up is about to be sent again. */
  void recall(Lease lease) {
    transactions.executeWithoutResult(tx -> unanswered.recall(lease, row));
  }

  /** What was booked and has no answer, the oldest of it. */
  List<UUID> unsettled(Lease lease) {
    return jdbc.sql("select id from purge_batch where task_id = :task order by id limit :most")
        .param("task", lease.taskId())
        .param("most", AT_ONCE)
        .query((result, n) -> result.getObject(1, UUID.class))
        .list();
  }

  Batch load(UUID id) {
    return jdbc.sql("select entries from purge_batch where id = :id")
        .param("id", id)
        .query((result, n) -> new Batch(id, EntryCodec.decode(result.getBytes(1))))
        .single();
  }

  /**
   * Books the answer, and lets the rows of what is gone go. Does not wait for the disk: an answer
   * that a crash of the database loses is had again by sending the batch again, while a lost {@link
   * #open} could not be made good. Whoever relies on the books asks {@link #isSettled} first.
   */
  Tally settle(Lease lease, Batch batch, @Nullable UUID locationId, List<DeleteOutcome> outcomes) {
    var answer = new BatchAnswer(batch.entries(), outcomes);
    transactions.executeWithoutResult(tx -> {
      Commits.withoutWaiting(jdbc);
      remove(batch);
      jdbc.sql("delete from sample where location_id = :location and object_key = any(:keys)")
          .param("location", locationId)
          .param("keys", answer.removedKeys().toArray(String[]::new))
          .update();
      row.failures().add(lease, answer.failures());
      row.settle(lease, answer.removed(), answer.retained(), answer.failed(), answer.locks());
    });
    return answer.removed();
  }

  /**
   * Whether every batch is settled for good. Writes, so that its own commit takes everything before
   * it to the disk: what was seen then cannot be taken back.
   */
  boolean isSettled(Lease lease) {
    return Boolean.TRUE.equals(
        transactions.execute(tx -> {
          row.touch(lease);
          return unsettled(lease).isEmpty();
        }));
  }

  /** A claim that was booked in is not barren, even if nothing was removed under it. */
  void getsOn(Lease lease) {
    row.getsOn(lease);
  }

  /** Asks the database: a worker that was asleep still believes in its lease. */
  void requireHeld(Lease lease) {
    row.touch(lease);
  }

  private static Tally tally(List<ObjectEntry> entries) {
    return new Tally(entries.size(), entries.stream().mapToLong(ObjectEntry::size).sum());
  }

  /** Entries that are sent together. */
  record Batch(UUID id, List<ObjectEntry> entries) {}
}
