package io.purgeline.worker.place;

import io.purgeline.location.ObjectLocation;
import io.purgeline.messaging.WorkQueue;

/** A bucket of a configured store. */
record BucketName(String store, String bucket) {

  static BucketName of(ObjectLocation location) {
    return new BucketName(location.store(), location.bucket());
  }

  /** What it is called on record. */
  String place() {
    return Buckets.place(store, bucket);
  }

  /** The queue whose purges want it. */
  WorkQueue queue() {
    return WorkQueue.objects(store);
  }
}
