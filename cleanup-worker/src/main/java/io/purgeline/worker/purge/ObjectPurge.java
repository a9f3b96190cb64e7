package io.purgeline.worker.purge;

import io.purgeline.deletion.FailureClass;
import io.purgeline.location.ObjectLocation;
import io.purgeline.worker.purge.Outcome.Cause;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.purge.Outcome.Retained;
import io.purgeline.worker.purge.TaskRow.PassResult;
import java.time.Duration;
import java.util.Objects;

/**
 * Empties a prefix: uploads are aborted, then a pass over a fresh listing removes what it meets,
 * again and again, until one met nothing that it could remove. That last pass is the verification.
 */
final class ObjectPurge implements Purge {

  private final ObjectPlaces places;
  private final BatchLedger ledger;
  private final TaskRow row;
  private final Completion completion;
  private final PurgeListener listener;

  ObjectPurge(
      ObjectPlaces places,
      BatchLedger ledger,
      TaskRow row,
      Completion completion,
      PurgeListener listener) {
    this.places = places;
    this.ledger = ledger;
    this.row = row;
    this.completion = completion;
    this.listener = listener;
  }

  @Override
  public Outcome purge(PurgeTask task, Slice slice) {
    var location = (ObjectLocation) Objects.requireNonNull(task.location());
    var place = places.open(location, new CarefulSlice(slice, row));
    ledger.recall(slice.lease());
    var work = new ObjectWork(task, slice, place, ledger, listener);
    var uploads = new UploadSweep(place, row, slice.lease());
    var position = ObjectCursor.read(task.cursor());
    var atOnce =
        place.bucket().prefixRemoval()
            && (position == null
                || (row.passResult(slice.lease()).isUntouched() && !work.isShadowed()));
    var isBooked = atOnce && position != null; // by an earlier slice, and goes with the rest
    if (!isBooked && !work.resendUnsettled()) {
      return new Continue(Duration.ZERO);
    }
    work.requireInSight(); // a key that hides the prefix now may be gone after the last listing
    while (!slice.isOver()) {
      if (position == null) {
        uploads.run();
        row.beginPass(slice.lease());
      }
      if (!(atOnce ? work.passAtOnce(position) : work.pass(position))) {
        return new Continue(Duration.ZERO);
      }
      atOnce = false; // what comes later, or has stayed, is told of one by one
      var result = row.passResult(slice.lease());
      if (result.failed() > 0) {
        return failed(slice);
      }
      if (result.removed() == 0) {
        return verified(task, slice, work, uploads, result);
      }
      position = null;
    }
    return new Continue(Duration.ZERO);
  }

  private Outcome failed(Slice slice) {
    row.endPass(slice.lease());
    return new Failed(FailureClass.ITEM, Cause.of(row.failures().summary(slice.lease())));
  }

  /** A whole fresh listing showed nothing but what is locked. */
  private Outcome verified(
      PurgeTask task, Slice slice, ObjectWork work, UploadSweep uploads, PassResult result) {
    row.endPass(slice.lease());
    work.requireInSight();
    var uploadsVerified = uploads.showsAll();
    var arrived = work.removedAnything() || uploads.foundAny();
    if (result.retained() > 0) {
      work.settleAbsent();
      return completion.of(task, arrived, new Retained(result.retainedUntil(), uploadsVerified));
    }
    while (ledger.samples().settleAbsent(slice.lease(), task.locationId())) {
      if (slice.isOver()) {
        return new Continue(Duration.ZERO);
      }
    }
    return completion.of(task, arrived, new Purged(uploadsVerified));
  }
}
