package io.purgeline.worker.objects;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.errors.MinioException;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Removes a prefix in one step, as MinIO does it: each drive renames one folder. MinIO looks at no
 * object in it, and does not say when a drive takes no part. So it is asked before and afterwards
 * whether enough drives are there, and the request is signed for as long as it may take: one that
 * comes later, when the place may be somebody else's, is refused.
 */
final class PrefixRemoval {

  private static final String FORCE = "x-minio-force-delete";
  private static final String ENOUGH_DRIVES = "minio/health/cluster";
  private static final Set<Integer> THROTTLED = Set.of(408, 429, 503);
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client client;

  PrefixRemoval(S3Client client) {
    this.client = client;
  }

  void remove(Bucket bucket, String prefix, Runnable beforeRequest) {
    ObjectListing.requirePrefix(prefix);
    if (!bucket.prefixRemoval()) {
      throw new IllegalArgumentException("no prefix of " + bucket.name() + " goes in one step");
    }
    requireEnoughDrives(prefix);
    var request = signed(bucket, prefix);
    beforeRequest.run();
    requireRemoved(bucket, prefix, status("remove a prefix of " + bucket.name(), request));
    requireEnoughDrives(prefix);
  }

  /** Another store has no such page, and would take the request for that of an object. */
  private void requireEnoughDrives(String prefix) {
    var page = endpoint().newBuilder().addPathSegments(ENOUGH_DRIVES).build();
    var status = status("ask for drives", new Request.Builder().url(page).build());
    if (status != 200) {
      throw refused(
          prefix, status, "/" + ENOUGH_DRIVES + " does not say that enough drives are there");
    }
  }

  private void requireRemoved(Bucket bucket, String prefix, int status) {
    if (status >= 200 && status < 300) {
      return;
    }
    var what = "remove a prefix of " + bucket.name();
    if (THROTTLED.contains(status)) {
      throw StoreUnavailableException.throttled(what + ": " + status, null);
    }
    if (status < 500 || status == NOT_IMPLEMENTED) {
      throw refused(prefix, status, what);
    }
    throw StoreUnavailableException.answered(what + ": " + status, String.valueOf(status), null);
  }

  private static RefusedException refused(String prefix, int status, String message) {
    return new RefusedException(new ItemFailure(prefix, String.valueOf(status), message, 0));
  }

  private int status(String what, Request request) {
    try (var response = client.http().newCall(request).execute()) {
      return response.code();
    } catch (IOException e) {
      throw S3Errors.of(client.endpoint().name() + ": " + what, e);
    }
  }

  private Request signed(Bucket bucket, String prefix) {
    var seconds = Math.max(1, client.endpoint().requestTimeout().toSeconds());
    var args =
        GetPresignedObjectUrlArgs.builder()
            .method(Http.Method.DELETE)
            .bucket(bucket.name())
            .object(prefix)
            .expiry(Math.toIntExact(seconds))
            .build();
    try {
      var url = client.minio().getPresignedObjectUrl(args);
      return new Request.Builder().url(url).delete().header(FORCE, "true").build();
    } catch (MinioException e) {
      throw S3Errors.of(client.endpoint().name() + ": sign a removal", e);
    }
  }

  private HttpUrl endpoint() {
    return Objects.requireNonNull(HttpUrl.get(client.endpoint().endpoint()));
  }
}
