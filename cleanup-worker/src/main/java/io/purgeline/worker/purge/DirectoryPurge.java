package io.purgeline.worker.purge;

import io.purgeline.deletion.FailureClass;
import io.purgeline.location.DirectoryLocation;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.Unlinked;
import io.purgeline.worker.purge.Outcome.Cause;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Purged;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Empties a directory: the tree is moved aside, counted, unlinked, and then the path must be free.
 * The order is safe to be cut anywhere: the tree's identity is kept before the move, its size
 * before the first unlink.
 */
final class DirectoryPurge implements Purge {

  private final DirectoryPlaces places;
  private final DirectoryLedger ledger;
  private final Completion completion;
  private final PurgeListener listener;

  DirectoryPurge(
      DirectoryPlaces places,
      DirectoryLedger ledger,
      Completion completion,
      PurgeListener listener) {
    this.places = places;
    this.ledger = ledger;
    this.completion = completion;
    this.listener = listener;
  }

  @Override
  public Outcome purge(PurgeTask task, Slice slice) {
    var location = (DirectoryLocation) Objects.requireNonNull(task.location());
    var store = places.open(location);
    var arrived = false;
    var cursor = DirectoryCursor.read(task.cursor());
    while (true) {
      cursor = moveAside(task, slice, store, location.path(), cursor);
      if (cursor == null) {
        ledger.forgetFailures(slice.lease());
        return completion.of(task, arrived, new Purged(true));
      }
      arrived = true;
      cursor = count(task, slice, store, cursor);
      if (slice.isOver() || !cursor.booked()) {
        return new Continue(Duration.ZERO);
      }
      var unlinked = unlink(task, slice, store, cursor);
      if (!unlinked.gone()) {
        ledger.leftBehind(slice.lease(), cursor, unlinked);
        return unfinished(slice, unlinked);
      }
      ledger.treeGone(slice.lease());
      cursor = null;
    }
  }

  /** The tree that waits in the trash; null when there is none and the path is free. */
  private @Nullable DirectoryCursor moveAside(
      PurgeTask task,
      Slice slice,
      DirectoryStore store,
      String path,
      @Nullable DirectoryCursor known) {
    var cursor = known;
    if (cursor != null && !store.isAside(task.id())) {
      // Never moved, or removed before a crash could tell: what is at the path now is another one.
      ledger.vanished(slice.lease(), cursor);
      cursor = null;
    }
    if (cursor == null) {
      var tree = store.look(path);
      if (tree.isEmpty()) {
        return null;
      }
      cursor = ledger.found(slice.lease(), tree.get());
    }
    return store.moveAside(path, task.id(), cursor.tree())
        ? cursor
        : moveAside(task, slice, store, path, cursor);
  }

  /**
   * Books what the tree holds, unless it is booked already. The end of the slice does not stop a
   * count: the next one would begin at the start, and a giant tree would never be unlinked.
   */
  private DirectoryCursor count(
      PurgeTask task, Slice slice, DirectoryStore store, DirectoryCursor cursor) {
    if (cursor.booked()) {
      return cursor;
    }
    return store
        .count(task.id(), () -> slice.interrupted().getAsBoolean() || !slice.lease().isHeld())
        .map(size -> new Tally(size.entries(), size.bytes()))
        .map(size -> ledger.count(slice.lease(), cursor, size))
        .orElse(cursor);
  }

  private Unlinked unlink(
      PurgeTask task, Slice slice, DirectoryStore store, DirectoryCursor cursor) {
    ledger.begin(slice.lease(), cursor);
    // What is unlinked and not booked, because of an error, is found by counting the tree again.
    var progress = new UnlinkProgress(task, slice, ledger, listener);
    var unlinked = store.unlink(task.id(), progress);
    progress.flush();
    return unlinked;
  }

  private Outcome unfinished(Slice slice, Unlinked unlinked) {
    if (unlinked.failures() == 0) {
      return new Continue(Duration.ZERO);
    }
    return new Failed(FailureClass.ITEM, Cause.of(ledger.failures(slice.lease())));
  }
}
