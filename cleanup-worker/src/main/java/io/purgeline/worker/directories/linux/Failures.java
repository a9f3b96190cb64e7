package io.purgeline.worker.directories.linux;

import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;

/** Error numbers as the failures that callers know. */
final class Failures {

  private Failures() {}

  /** The store is unwell: nothing can be said about any entry. */
  static StoreUnavailableException unavailable(String what, int errno) {
    var message = what + ": " + Errno.nameOf(errno) + ", " + Errno.textOf(errno);
    return Errno.isOutage(errno)
        ? StoreUnavailableException.passing(message)
        : new StoreUnavailableException(message, null);
  }

  /** A path relative to the root, already made for display, that is left alone. */
  static RefusedException refused(String path, Errno code, String message) {
    return refused(path, code.number(), message);
  }

  static RefusedException refused(String path, int errno, String message) {
    return new RefusedException(new ItemFailure(path, Errno.nameOf(errno), message, 0));
  }

  /** A call for this path failed: an outage or a refusal, as the error says. */
  static RuntimeException of(String path, int errno) {
    if (Errno.isOutage(errno)) {
      return unavailable(path, errno);
    }
    return refused(path, errno, Errno.textOf(errno));
  }
}
