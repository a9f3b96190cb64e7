package io.purgeline.worker.purge;

import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.Position;
import io.purgeline.worker.purge.ObjectPlaces.ObjectPlace;
import io.purgeline.worker.purge.SampleRows.Listed;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The moving parts of one slice: pages are listed ahead, booked in order, and sent in parallel. */
final class ObjectWork {

  private final PurgeTask task;
  private final Slice slice;
  private final ObjectPlace place;
  private final BatchLedger ledger;
  private final BatchSender sender;
  private boolean unsure = true; // of what an earlier slice has booked, too

  ObjectWork(
      PurgeTask task, Slice slice, ObjectPlace place, BatchLedger ledger, PurgeListener listener) {
    this.task = task;
    this.slice = slice;
    this.place = place;
    this.ledger = ledger;
    this.sender = new BatchSender(task, slice, place, ledger, listener);
  }

  /**
   * Sends again what was booked and never answered. Each entry was listed once, so what the store
   * confirms now is what this purge removed, whether it went then or goes now.
   *
   * @return whether all of it is answered now
   */
  boolean resendUnsettled() {
    try (var pipeline = new BatchPipeline()) {
      for (var id : ledger.unsettled(slice.lease())) {
        pipeline.submit(() -> sender.send(ledger.load(id)));
      }
      return pipeline.finish();
    }
  }

  /**
   * Believes no listing that may leave something out.
   *
   * @throws RefusedException while a key shadows the prefix; whose it is, is not known here
   */
  void requireInSight() {
    var prefix = place.prefix();
    if (place.store().isShadowed(place.bucket(), prefix)) {
      var key = prefix.substring(0, prefix.length() - 1);
      throw new RefusedException(
          new ItemFailure(
              key,
              "ShadowedPrefix",
              "an object of this name may hide what lies below it from every listing; move or"
                  + " delete it, all its versions too",
              0));
    }
  }

  /**
   * Goes over the listing from the position to its end.
   *
   * @return whether the end was reached and everything sent was answered
   */
  boolean pass(@Nullable Position from) {
    try (var pipeline = new BatchPipeline();
        var pages = new PagesAhead(this::list, from)) {
      while (pages.hasNext()) {
        if (slice.isOver() || pipeline.hasFailed()) {
          pipeline.finish();
          return false;
        }
        send(pages.next(), pipeline);
      }
      return pipeline.finish() && isSettled();
    }
  }

  /** Asked for good only if anything was sent since it was sure: that costs a wait for the disk. */
  private boolean isSettled() {
    unsure =
        unsure
            && !ledger.isSettled(slice.lease())
            && !(resendUnsettled() && ledger.isSettled(slice.lease()));
    return !unsure;
  }

  /**
   * Counts what is registered and not there as already absent, beside what stays. Only while
   * nothing is under way: what is listed then is all there is. Taken to its end even if the slice
   * is used up: another one would begin at the first key again.
   *
   * @throws SliceInterruptedException if purging is frozen or the process is stopping
   */
  void settleAbsent() {
    if (!ledger.samples().hasAny(task.locationId())) {
      return;
    }
    var behind = "";
    Position next = null;
    do {
      slice.requireGoingOn();
      var page = list(next);
      next = page.next();
      var keys = page.entries().stream().map(ObjectEntry::key).distinct().toList();
      if (next == null) {
        settleAbsent(new Listed(behind, null, keys));
      } else if (!keys.isEmpty()) {
        settleAbsent(new Listed(behind, keys.getLast(), keys));
        behind = keys.getLast();
      }
    } while (next != null);
  }

  private void settleAbsent(Listed listed) {
    while (ledger.samples().settleAbsent(slice.lease(), task.locationId(), listed)) {
      slice.requireGoingOn();
    }
  }

  private Page list(@Nullable Position after) {
    return place.store().list(place.bucket(), place.prefix(), after);
  }

  /**
   * Booked here, by the one thread that lists, so that the cursor never runs ahead of the books.
   */
  private void send(List<Page> pages, BatchPipeline pipeline) {
    var batches = pages.stream().map(Page::entries).filter(entries -> !entries.isEmpty()).toList();
    if (batches.isEmpty()) {
      return;
    }
    pipeline.awaitRoom();
    slice.lease().requireHeld();
    var last = batches.getLast().getLast();
    var cursor = cursorAfter(last, pages.getLast().next());
    unsure = true;
    for (var batch : ledger.open(slice.lease(), batches, cursor)) {
      pipeline.submit(() -> sender.send(batch));
    }
  }

  /**
   * Behind the last page lies nothing but what arrives later; within a key the order is the store's
   * own.
   */
  private static String cursorAfter(ObjectEntry last, @Nullable Position next) {
    return ObjectCursor.write(next == null ? Position.afterKey(last.key()) : next);
  }

  boolean removedAnything() {
    return sender.removedAnything();
  }
}
