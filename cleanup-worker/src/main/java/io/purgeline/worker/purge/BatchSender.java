package io.purgeline.worker.purge;

import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.purge.BatchLedger.Batch;
import io.purgeline.worker.purge.ObjectPlaces.ObjectPlace;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends batches that are booked, and books what the store answers. A batch that a store which is
 * there does not take is sent in halves, down to the entry that is to blame: that one has failed,
 * and holds up none of the others. A store that asks for less gets less: nothing is sent apart, for
 * that would be more requests, and no entry is to blame, not even where the store speaks of only
 * one, as it does while a part of its drives takes no writes. The batch stays booked and is sent
 * again as it is, when the store has had a pause; what of it went meanwhile is confirmed then.
 */
final class BatchSender {

  /** Entries of a slice that may be to blame while none was removed. */
  private static final int MOST_BLAMED = 10;

  private final PurgeTask task;
  private final Slice slice;
  private final ObjectPlace place;
  private final BatchLedger ledger;
  private final PurgeListener listener;
  private final AtomicBoolean removed = new AtomicBoolean();
  private final AtomicInteger blamed = new AtomicInteger();

  BatchSender(
      PurgeTask task, Slice slice, ObjectPlace place, BatchLedger ledger, PurgeListener listener) {
    this.task = task;
    this.slice = slice;
    this.place = place;
    this.ledger = ledger;
    this.listener = listener;
  }

  /**
   * Sends it, by any number of threads at once.
   *
   * @throws StoreUnavailableException if the place is out of reach or asks for less, or does not
   *     answer even where it is asked for one entry
   * @throws RefusedException if the place as a whole refuses
   */
  void send(Batch batch) {
    slice.lease().requireHeld();
    try {
      settle(batch, place.store().delete(place.bucket(), batch.entries()));
    } catch (StoreUnavailableException | RefusedException e) {
      slice.requireGoingOn();
      if (asksForLess(e) || !place.isThere()) {
        throw e;
      }
      sendApart(batch, e);
    }
  }

  private static boolean asksForLess(RuntimeException problem) {
    return problem instanceof StoreUnavailableException e && e.asksForLess();
  }

  /** Books as removed what has gone in another way. */
  void settleGone(Batch batch) {
    settle(batch, batch.entries().stream().<DeleteOutcome>map(_ -> new Removed()).toList());
  }

  private void sendApart(Batch batch, RuntimeException problem) {
    if (batch.entries().size() > 1) {
      ledger.halve(slice.lease(), batch).forEach(this::send);
    } else {
      settle(batch, List.of(blamed(batch.entries().getFirst(), problem)));
    }
  }

  /** Unless it looks as if the store took nothing at all: then it is not the entry's fault. */
  private Failed blamed(ObjectEntry entry, RuntimeException problem) {
    if (!removedAnything() && blamed.incrementAndGet() > MOST_BLAMED) {
      throw problem;
    }
    return DeleteOutcome.failed(entry, problem).orElseThrow(() -> problem);
  }

  private void settle(Batch batch, List<DeleteOutcome> outcomes) {
    var gone = ledger.settle(slice.lease(), batch, task.locationId(), outcomes);
    if (!gone.isNone()) {
      removed.set(true);
      listener.removed(task, gone.objects(), gone.bytes());
    }
  }

  boolean removedAnything() {
    return removed.get();
  }
}
