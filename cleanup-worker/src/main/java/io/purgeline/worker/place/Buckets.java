package io.purgeline.worker.place;

import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.ObjectStore;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at buckets and recognises them. */
final class Buckets {

  private static final Logger log = LoggerFactory.getLogger(Buckets.class);

  private final PlaceIdentities identities;

  Buckets(PlaceIdentities identities) {
    this.identities = identities;
  }

  /** What a bucket is called on record. */
  static String place(String store, String bucket) {
    return "s3://" + store + "/" + bucket;
  }

  /**
   * Whether the store answers at all: one bucket that is as it was is enough.
   *
   * @throws StoreUnavailableException if none is
   * @throws RefusedException if the last one is denied
   */
  void recogniseAny(ObjectStoreAccess access, String store) {
    RuntimeException last = null;
    for (var name : access.buckets()) {
      try {
        recognise(access.store(), store, name);
        return;
      } catch (StoreUnavailableException | RefusedException e) {
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  /** Looks at all, so that what was wrong with a bucket is not told any longer than it is so. */
  void recogniseAll(ObjectStoreAccess access, String store) {
    for (var name : access.buckets()) {
      try {
        recognise(access.store(), store, name);
      } catch (StoreUnavailableException | RefusedException e) {
        log.debug("{} is still out of reach", place(store, name), e);
      }
    }
  }

  /**
   * The bucket, if it is the one it was.
   *
   * @param client how the store is asked
   * @throws StoreUnavailableException if it is missing, or another one, or if nobody can tell and
   *     no operator has confirmed that this is as it should be
   * @throws RefusedException if it is denied
   */
  Bucket recognise(ObjectStore client, String store, String name) {
    var place = place(store, name);
    try {
      var bucket = client.bucket(name);
      recognise(place, bucket);
      return bucket;
    } catch (StoreUnavailableException | RefusedException e) {
      identities.problem(place, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void recognise(String place, Bucket bucket) {
    if (bucket.isIdentified()) {
      identities.recognise(place, bucket.identity());
    } else if (!identities.isConfirmed(place, bucket.identity())) {
      throw new StoreUnavailableException(
          """
          the identity of bucket %s cannot be told: let this user list buckets (s3:ListAllMyBuckets), \
          or confirm it by POST /api/v1/stores/identity\
          """
              .formatted(bucket.name()),
          null);
    }
  }
}
