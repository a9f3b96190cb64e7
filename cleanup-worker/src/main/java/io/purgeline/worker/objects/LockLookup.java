package io.purgeline.worker.objects;

import io.minio.GetObjectRetentionArgs;
import io.minio.IsObjectLegalHoldEnabledArgs;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks what keeps a version that could not be removed. */
final class LockLookup {

  private final S3Client client;

  LockLookup(S3Client client) {
    this.client = client;
  }

  /** Its lock; empty if it has none, so that something else must be the matter. */
  Optional<Retained> lockOf(Bucket bucket, ObjectEntry entry) {
    if (hasLegalHold(bucket, entry)) {
      return Optional.of(new Retained(null));
    }
    var until = retainedUntil(bucket, entry);
    return until == null ? Optional.empty() : Optional.of(new Retained(until));
  }

  private boolean hasLegalHold(Bucket bucket, ObjectEntry entry) {
    var args = IsObjectLegalHoldEnabledArgs.builder().bucket(bucket.name()).object(entry.key());
    if (entry.versionId() != null) {
      args.versionId(entry.versionId());
    }
    try {
      return client.call("legal hold", minio -> minio.isObjectLegalHoldEnabled(args.build()));
    } catch (StoreUnavailableException | RefusedException e) {
      return unset(e);
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
    } catch (StoreUnavailableException | RefusedException e) {
      unset(e);
      return null;
    }
  }

  /**
   * An answer other than "out of reach" means that there is no such lock, or that we may not know.
   */
  private static boolean unset(RuntimeException e) {
    if (e instanceof StoreUnavailableException down
        && (down.getCause() == null || S3Errors.answer(down.getCause()).isEmpty())) {
      throw down;
    }
    return false;
  }
}
