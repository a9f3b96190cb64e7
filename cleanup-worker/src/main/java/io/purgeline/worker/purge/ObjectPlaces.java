package io.purgeline.worker.purge;

import io.purgeline.location.ObjectLocation;
import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.ObjectStore;

/** The buckets this worker can reach. */
public interface ObjectPlaces {

  /**
   * A prefix in a bucket that was recognised as the one it was.
   *
   * @param beforeCall run before every call to the store that is made through the place, also
   *     before each repetition; what it throws is passed on
   * @throws io.purgeline.worker.store.StoreUnavailableException if the bucket is missing or another
   *     one
   */
  ObjectPlace open(ObjectLocation location, Runnable beforeCall);

  /** An opened prefix. Calls to the store are tried again a few times. */
  record ObjectPlace(ObjectStore store, Bucket bucket, String prefix) {}
}
