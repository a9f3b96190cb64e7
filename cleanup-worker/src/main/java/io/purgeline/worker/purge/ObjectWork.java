package io.purgeline.worker.purge;

import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.Position;
import io.purgeline.worker.purge.BatchLedger.Batch;
import io.purgeline.worker.purge.ObjectPlaces.ObjectPlace;
import io.purgeline.worker.purge.SampleRows.Listed;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The moving parts of one slice: pages are listed ahead, booked in order, and sent in parallel. */
final class ObjectWork {

  private static final Logger log = LoggerFactory.getLogger(ObjectWork.class);

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
    return forUnsettled(sender::send);
  }

  private boolean forUnsettled(Consumer<Batch> work) {
    var unsettled = ledger.unsettled(slice.lease());
    while (!unsettled.isEmpty()) {
      try (var pipeline = new BatchPipeline()) {
        for (var id : unsettled) {
          if (slice.isOver()) {
            pipeline.finish();
            return false;
          }
          pipeline.submit(() -> work.accept(ledger.load(id)));
        }
        if (!pipeline.finish()) {
          return false;
        }
      }
      unsettled = ledger.unsettled(slice.lease());
    }
    return true;
  }

  /**
   * Believes no listing that may leave something out.
   *
   * @throws RefusedException while a key shadows the prefix; whose it is, is not known here
   */
  void requireInSight() {
    if (isShadowed()) {
      var prefix = place.prefix();
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

  /** Whether a listing may leave something out. */
  boolean isShadowed() {
    return place.store().isShadowed(place.bucket(), place.prefix());
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
        var listed = pages.next();
        pipeline.awaitRoom();
        book(listed).forEach(batch -> pipeline.submit(() -> sender.send(batch)));
      }
      return pipeline.finish() && isSettled();
    }
  }

  /**
   * The same in one step: everything that is listed is booked, then the prefix is removed. That it
   * has gone is believed only if a listing shows nothing any more; else what is booked is sent as
   * ever.
   *
   * @return whether the end was reached and everything booked was answered
   */
  boolean passAtOnce(@Nullable Position from) {
    try (var pages = new PagesAhead(this::list, from)) {
      var getsOn = false;
      while (pages.hasNext()) {
        if (slice.isOver()) {
          return false;
        }
        if (!book(pages.next()).isEmpty() && !getsOn) {
          ledger.getsOn(slice.lease()); // listing is all there is to do before the removal
          getsOn = true; // for all of this claim
        }
      }
    }
    if (ledger.unsettled(slice.lease()).isEmpty()) {
      return true;
    }
    var gone = removeAtOnce() && isEmpty();
    return (gone ? forUnsettled(sender::settleGone) : resendUnsettled()) && isSettled();
  }

  private boolean removeAtOnce() {
    try {
      place
          .store()
          .removePrefix(place.bucket(), place.prefix(), () -> ledger.requireHeld(slice.lease()));
      return true;
    } catch (RefusedException | StoreUnavailableException e) {
      slice.requireGoingOn();
      log.warn(
          "{} is sent in batches, not removed in one step: {}", place.prefix(), e.getMessage());
      return false;
    }
  }

  private boolean isEmpty() {
    var page = list(null);
    return page.entries().isEmpty() && page.next() == null;
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
  private List<Batch> book(List<Page> pages) {
    var batches = pages.stream().map(Page::entries).filter(entries -> !entries.isEmpty()).toList();
    if (batches.isEmpty()) {
      return List.of();
    }
    slice.lease().requireHeld();
    var last = batches.getLast().getLast();
    var cursor = cursorAfter(last, pages.getLast().next());
    unsure = true;
    return ledger.open(slice.lease(), batches, cursor);
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
