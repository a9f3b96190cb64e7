package io.purgeline.worker.objects;

import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.StoreUnavailableException;

/** What the error a store gave for one entry means for it. */
final class EntryErrors {

  private final LockLookup locks;

  EntryErrors(LockLookup locks) {
    this.locks = locks;
  }

  /**
   * The outcome of the entry.
   *
   * @throws StoreUnavailableException if the error is not about the entry
   */
  DeleteOutcome explain(Bucket bucket, ObjectEntry entry, String code, String text) {
    requireOwn(bucket, code);
    if (code.equals("NoSuchVersion") || code.equals("NoSuchKey")) {
      return new Removed();
    }
    if (code.equals("InvalidRequest") && text.contains("WORM")) {
      return locks.lockOf(bucket, entry).orElse(new Retained(null)); // MinIO's word for a lock
    }
    var failed = failed(entry, code, text);
    if (bucket.locked() && code.equals("AccessDenied")) { // S3's word for a lock, among others
      return locks.lockOf(bucket, entry).<DeleteOutcome>map(lock -> lock).orElse(failed);
    }
    return failed;
  }

  /** A store that has too much to do, or has lost its bucket, says nothing about an entry. */
  static void requireOwn(Bucket bucket, String code) {
    var what = "delete from " + bucket.name() + ": " + code;
    if (S3Errors.isThrottling(code)) {
      throw StoreUnavailableException.throttled(what, null);
    }
    if (code.equals("NoSuchBucket")) {
      throw new StoreUnavailableException(what, null);
    }
  }

  static Failed failed(ObjectEntry entry, String code, String text) {
    var what = KeyShape.display(entry.key());
    var version = entry.versionId() == null ? "" : "?versionId=" + entry.versionId();
    return new Failed(new ItemFailure(what + version, code, text, entry.size()));
  }
}
