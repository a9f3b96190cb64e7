package io.purgeline.worker.objects;

import io.minio.BucketExistsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.messages.ListAllMyBucketsResult;
import io.minio.messages.VersioningConfiguration.Status;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Objects;
import java.util.Set;

/** Finds out what a bucket is. What may not be known is taken as the answer that is safer. */
final class BucketInspection {

  private static final Set<String> NOT_OFFERED =
      Set.of("NotImplemented", "MethodNotAllowed", "ObjectLockConfigurationNotFoundError");

  private final S3Client client;

  BucketInspection(S3Client client) {
    this.client = client;
  }

  /** Asked at the beginning of every slice: no more than it takes. */
  Bucket inspect(String name) {
    var versioned = isVersioned(name); // first: its answer tells a wrong secret from a denial
    var identity = identity(name);
    if (identity.equals(Bucket.UNKNOWN)) {
      requireThere(name);
    }
    var locked = versioned && isLocked(name); // no lock without versions
    return new Bucket(name, identity, versioned, locked);
  }

  private void requireThere(String name) {
    var args = BucketExistsArgs.builder().bucket(name).build();
    if (!client.call("look at bucket " + name, minio -> minio.bucketExists(args))) {
      throw new StoreUnavailableException(
          client.endpoint().name() + ": bucket " + name + " does not exist", null);
    }
  }

  /** A store that does not say when it made the bucket leaves open which one this is. */
  private String identity(String name) {
    try {
      return client.call("list buckets", minio -> minio.listBuckets()).stream()
          .filter(bucket -> bucket.name().equals(name))
          .map(ListAllMyBucketsResult.Bucket::creationDate)
          .filter(Objects::nonNull)
          .map(date -> "created " + date.toInstant())
          .findFirst()
          .orElse(Bucket.UNKNOWN);
    } catch (RefusedException e) {
      return Bucket.UNKNOWN;
    } catch (StoreUnavailableException e) {
      requireNotOffered(e);
      return Bucket.UNKNOWN;
    }
  }

  private boolean isVersioned(String name) {
    var args = GetBucketVersioningArgs.builder().bucket(name).build();
    try {
      var versioning =
          client.call("versioning of " + name, minio -> minio.getBucketVersioning(args));
      return versioning.status() != Status.OFF;
    } catch (RefusedException e) {
      return true;
    } catch (StoreUnavailableException e) {
      requireNotOffered(e);
      return false;
    }
  }

  private boolean isLocked(String name) {
    var args = GetObjectLockConfigurationArgs.builder().bucket(name).build();
    try {
      client.call("object lock of " + name, minio -> minio.getObjectLockConfiguration(args));
      return true;
    } catch (RefusedException e) {
      return true;
    } catch (StoreUnavailableException e) {
      requireNotOffered(e);
      return false;
    }
  }

  /** If the store did not answer that it has no such thing, the call has failed. */
  private static void requireNotOffered(StoreUnavailableException e) {
    if (!NOT_OFFERED.contains(S3Errors.codeBehind(e))) {
      throw e;
    }
  }
}
