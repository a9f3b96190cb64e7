package io.purgeline.worker.purge;

import io.purgeline.location.ObjectLocation;
import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.ObjectStore;
import java.util.function.BooleanSupplier;

/** The buckets this worker can reach. */
public interface ObjectPlaces {

  /**
   * A prefix in a bucket that was recognised as the one it was.
   *
   * @param goAhead asked before every call to the store that is made for the place, the first look
   *     and each repetition included; what it throws is passed on
   * @throws io.purgeline.worker.store.StoreUnavailableException if the bucket is missing or another
   *     one
   */
  ObjectPlace open(ObjectLocation location, GoAhead goAhead);

  /**
   * An opened prefix.
   *
   * @param store its calls are tried again a few times
   * @param probe asks whether the place answers, and is as it was, after a call to it failed
   */
  record ObjectPlace(ObjectStore store, Bucket bucket, String prefix, BooleanSupplier probe) {

    /** Whether it is only the call that failed. */
    boolean isThere() {
      return probe.getAsBoolean();
    }
  }
}
