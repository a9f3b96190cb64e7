package io.purgeline.worker.purge;

import io.purgeline.deletion.FailureClass;
import io.purgeline.worker.purge.Outcome.Cause;

/** How an attempt failed, and what others have in common with it. */
record Failure(FailureClass failureClass, Cause cause, Fingerprint fingerprint) {

  /**
   * An attempt that failed.
   *
   * @param queue where the task belongs
   */
  static Failure of(FailureClass failureClass, Cause cause, String queue) {
    var fingerprint =
        failureClass == FailureClass.ITEM
            ? Fingerprint.ofItem(cause, queue)
            : Fingerprint.ofBug(cause);
    return new Failure(failureClass, cause, fingerprint);
  }

  /** A claim that came to nothing, the latest of so many in a row without any progress. */
  static Failure of(Loss loss, int barrenClaims, String queue) {
    var cause = new Cause(loss.exception(), loss.message(barrenClaims), null, null);
    return new Failure(FailureClass.CRASH_LOOP, cause, Fingerprint.ofLoss(loss, queue));
  }

  String group() {
    return fingerprint.group();
  }
}
