package io.purgeline.worker.objects;

import io.minio.GetObjectRetentionArgs;
import io.minio.IsObjectLegalHoldEnabledArgs;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks what keeps a version that could not be removed. */
final class LockLookup {

  private static final Set<String> NO_LOCK =
      Set.of(
          "NoSuchObjectLockConfiguration",
          "ObjectLockConfigurationNotFoundError",
          "InvalidRequest",
          "MethodNotAllowed",
          "NotImplemented",
          "NoSuchKey",
          "NoSuchVersion");

  private final S3Client client;

  LockLookup(S3Client client) {
    this.client = client;
  }

  /** Its lock; empty if it shows none. A legal hold outlasts any date, so it is asked for first. */
  Optional<Retained> lockOf(Bucket bucket, ObjectEntry entry) {
    if (hasLegalHold(bucket, entry)) {
      return Optional.of(new Retained(null));
    }
    return Optional.ofNullable(retainedUntil(bucket, entry)).map(Retained::new);
  }

  private boolean hasLegalHold(Bucket bucket, ObjectEntry entry) {
    var args = IsObjectLegalHoldEnabledArgs.builder().bucket(bucket.name()).object(entry.key());
    if (entry.versionId() != null) {
      args.versionId(entry.versionId());
    }
    try {
      return client.call("legal hold", minio -> minio.isObjectLegalHoldEnabled(args.build()));
    } catch (RefusedException e) {
      return false; // not for us to know
    } catch (StoreUnavailableException e) {
      requireAnswered(e);
      return false;
    }
  }

  private @Nullable Instant retainedUntil(Bucket bucket, ObjectEntry entry) {
    var args = GetObjectRetentionArgs.builder().bucket(bucket.name()).object(entry.key());
    if (entry.versionId() != null) {
      args.versionId(entry.versionId());
    }
    try {
      var retention = client.call("retention", minio -> minio.getObjectRetention(args.build()));
      return retention == null ? null : retention.retainUntilDate().toInstant();
    } catch (RefusedException e) {
      return null; // not for us to know
    } catch (StoreUnavailableException e) {
      requireAnswered(e);
      return null;
    }
  }

  /** Only "there is no lock" means that there is none: a store that is down says nothing. */
  private static void requireAnswered(StoreUnavailableException e) {
    if (!NO_LOCK.contains(S3Errors.codeBehind(e))) {
      throw e;
    }
  }
}
