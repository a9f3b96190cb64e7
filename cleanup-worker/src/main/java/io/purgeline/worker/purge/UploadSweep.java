package io.purgeline.worker.purge;

import io.purgeline.worker.objects.Upload;
import io.purgeline.worker.purge.ObjectPlaces.ObjectPlace;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.List;

/**
 * Aborts the incomplete uploads to a place. Done before a pass over its objects begins: an upload
 * that is completed instead shows as an object in that pass.
 */
final class UploadSweep {

  private static final int MOST_ROUNDS = 10;

  private final ObjectPlace place;
  private final TaskRow row;
  private final Lease lease;
  private boolean swept;
  private boolean allShown;
  private boolean found;

  UploadSweep(ObjectPlace place, TaskRow row, Lease lease) {
    this.place = place;
    this.row = row;
    this.lease = lease;
  }

  /** Aborts until none is listed. */
  void run() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var uploads = place.store().uploads(place.bucket(), place.prefix());
      if (uploads.found().isEmpty()) {
        swept = true;
        allShown = uploads.complete();
        return;
      }
      abort(uploads.found());
    }
    throw new StoreUnavailableException("uploads that were aborted are still listed", null);
  }

  private void abort(List<Upload> uploads) {
    found = true;
    row.arrived(lease); // first: a crash must not forget that somebody writes
    uploads.forEach(upload -> place.store().abort(place.bucket(), upload));
  }

  /** Whether the store shows every upload, so that none seen means none left. */
  boolean showsAll() {
    if (!swept) {
      run(); // the pass began in an earlier slice
    }
    return allShown;
  }

  /** Whether somebody was uploading in this slice. */
  boolean foundAny() {
    return found;
  }
}
