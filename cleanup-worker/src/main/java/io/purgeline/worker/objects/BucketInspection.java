package io.purgeline.worker.objects;

import io.minio.BucketExistsArgs;
import io.minio.GetBucketLifecycleArgs;
import io.minio.GetBucketNotificationArgs;
import io.minio.GetBucketReplicationArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.messages.ListAllMyBucketsResult;
import io.minio.messages.VersioningConfiguration.Status;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a bucket is. What may not be known is taken as the answer that is safer. */
final class BucketInspection {

  private static final Set<String> NOT_OFFERED =
      Set.of("NotImplemented", "MethodNotAllowed", "ObjectLockConfigurationNotFoundError");

  private static final Logger log = LoggerFactory.getLogger(BucketInspection.class);

  private final S3Client client;

  /** Buckets of which the operator was told that prefixes do not go in one step. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  BucketInspection(S3Client client) {
    this.client = client;
  }

  /** Asked at the beginning of every slice: no more than it takes. */
  Bucket inspect(String name) {
    var versioned =
        mayBe(() -> isVersioned(name)); // first: its answer tells a wrong secret from a denial
    var identity = identity(name);
    if (identity.equals(Bucket.UNKNOWN)) {
      requireThere(name);
    }
    var locked = versioned && mayBe(() -> isLocked(name)); // no lock without versions
    return new Bucket(name, identity, versioned, locked, isPrefixRemovable(name, locked));
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
    var versioning = client.call("versioning of " + name, minio -> minio.getBucketVersioning(args));
    return versioning.status() != Status.OFF;
  }

  private boolean isLocked(String name) {
    var args = GetObjectLockConfigurationArgs.builder().bucket(name).build();
    client.call("object lock of " + name, minio -> minio.getObjectLockConfiguration(args));
    return true; // without a lock there is no answer
  }

  /** The removal of a prefix looks at no object, and tells nobody what has gone. */
  private boolean isPrefixRemovable(String name, boolean locked) {
    if (!client.endpoint().prefixRemoval()) {
      return false;
    }
    var inTheWay =
        locked
            || isUnclear(() -> isReplicated(name))
            || isUnclear(() -> isTiered(name))
            || isUnclear(() -> isNotified(name));
    if (inTheWay && told.add(name)) {
      log.warn(
          "{}: prefix-removal is not used in bucket {}, which has an object lock, replication,"
              + " transitions or notifications, or does not tell",
          client.endpoint().name(),
          name);
    }
    return !inTheWay;
  }

  private boolean isReplicated(String name) {
    var args = GetBucketReplicationArgs.builder().bucket(name).build();
    var replication =
        client.call("replication of " + name, minio -> minio.getBucketReplication(args));
    return replication != null && !replication.rules().isEmpty();
  }

  private boolean isTiered(String name) {
    var args = GetBucketLifecycleArgs.builder().bucket(name).build();
    var lifecycle = client.call("lifecycle of " + name, minio -> minio.getBucketLifecycle(args));
    return lifecycle != null
        && lifecycle.rules().stream()
            .anyMatch(
                rule -> rule.transition() != null || rule.noncurrentVersionTransition() != null);
  }

  private boolean isNotified(String name) {
    var args = GetBucketNotificationArgs.builder().bucket(name).build();
    var rules = client.call("notification of " + name, minio -> minio.getBucketNotification(args));
    return rules.eventBridgeConfiguration() != null
        || Stream.of(
                rules.cloudFunctionConfigurations(),
                rules.queueConfigurations(),
                rules.topicConfigurations())
            .anyMatch(configurations -> !configurations.isEmpty());
  }

  /** So, or answered in a way that nobody expects: that is no reason to stop all purges. */
  private static boolean isUnclear(BooleanSupplier question) {
    try {
      return mayBe(question);
    } catch (StoreUnavailableException e) {
      if (S3Errors.codeBehind(e).isEmpty()) {
        throw e;
      }
      return true;
    }
  }

  /** What may not be known is taken as so; what the store does not offer is not so. */
  private static boolean mayBe(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
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
