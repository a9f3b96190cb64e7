package io.purgeline.worker.place;

import io.purgeline.location.ObjectLocation;
import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.store.StoreUnavailableException;

/** Looks at buckets and recognises them. */
final class Buckets {

  private final PlaceIdentities identities;

  Buckets(PlaceIdentities identities) {
    this.identities = identities;
  }

  /** The bucket of a location, if it is the one it was. */
  Bucket recognise(ObjectStoreAccess access, ObjectLocation location) {
    return recognise(access, location.store(), location.bucket());
  }

  /**
   * Whether the store answers at all: one bucket that is as it was is enough.
   *
   * @throws StoreUnavailableException if none is
   */
  void recogniseAny(ObjectStoreAccess access, String store) {
    StoreUnavailableException last = null;
    for (var name : access.buckets()) {
      try {
        recognise(access, store, name);
        return;
      } catch (StoreUnavailableException e) {
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  private Bucket recognise(ObjectStoreAccess access, String store, String name) {
    var place = "s3://" + store + "/" + name;
    if (!access.buckets().contains(name)) {
      throw new StoreUnavailableException(
          "bucket " + name + " is not configured for the store " + store, null);
    }
    try {
      var bucket = access.store().bucket(name);
      identities.recognise(place, bucket.identity());
      return bucket;
    } catch (StoreUnavailableException e) {
      identities.problem(place, String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
