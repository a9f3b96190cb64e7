package io.purgeline.worker.objects;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.errors.MinioException;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Removes a prefix in one step, as MinIO does it: each drive renames one folder. MinIO looks at no
 * object in it, and does not say when a drive takes no part. So everything that could make it wrong
 * is looked at right before; it is asked before and afterwards whether enough drives are there; and
 * the request is signed for as long as it may take: one that comes later, when the place may be
 * somebody else's, is refused.
 */
final class PrefixRemoval {

  private static final String FORCE = "x-minio-force-delete";
  private static final String ENOUGH_DRIVES = "minio/health/cluster";

  /** Which only MinIO says, and no page of whatever is before it. */
  private static final String QUORUM = "x-minio-write-quorum";

  /** A signature would last longer by what the clock is ahead; the store tells whole seconds. */
  private static final Duration MOST_AHEAD = Duration.ofSeconds(2);

  /** Signatures tell whole seconds, too. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client client;
  private final BucketInspection buckets;
  private final ObjectListing listing;
  private final InstantSource clock;

  PrefixRemoval(
      S3Client client, BucketInspection buckets, ObjectListing listing, InstantSource clock) {
    this.client = client;
    this.buckets = buckets;
    this.listing = listing;
    this.clock = clock;
  }

  void remove(Bucket bucket, String prefix, Runnable beforeRequest) {
    ObjectListing.requirePrefix(prefix);
    if (!bucket.prefixRemoval()) {
      throw new IllegalArgumentException("no prefix of " + bucket.name() + " goes in one step");
    }
    requireEnoughDrives(prefix);
    require(
        buckets.inspect(bucket.name()).equals(bucket),
        prefix,
        "BucketChanged",
        "it is looked at anew");
    require(
        !listing.isShadowed(bucket, prefix),
        prefix,
        "ShadowedPrefix",
        "the key that hides it would go too");
    var request = signed(bucket, prefix);
    beforeRequest.run();
    send(bucket, prefix, request);
    requireEnoughDrives(prefix);
  }

  private static void require(boolean holds, String prefix, String code, String message) {
    if (!holds) {
      throw new RefusedException(new ItemFailure(prefix, code, message, 0));
    }
  }

  /** Another store has no such page, and would take the request for that of an object. */
  private void requireEnoughDrives(String prefix) {
    var page = client.url().newBuilder().addPathSegments(ENOUGH_DRIVES).build();
    try (var response = answer("ask for drives", new Request.Builder().url(page).build())) {
      require(
          response.code() == 200 && response.header(QUORUM) != null,
          prefix,
          "NotEnoughDrives",
          "/" + ENOUGH_DRIVES + " does not say that there are: " + response.code());
      require(
          isInTime(response.headers().getInstant("Date")),
          prefix,
          "ClockAhead",
          "the worker's clock is ahead of the store's");
    }
  }

  private boolean isInTime(@Nullable Instant told) {
    return told != null && Duration.between(told, clock.instant()).compareTo(MOST_AHEAD) <= 0;
  }

  private void send(Bucket bucket, String prefix, Request request) {
    var what = client.endpoint().name() + ": remove a prefix of " + bucket.name();
    try (var response = answer(what, request)) {
      if (!response.isSuccessful()) {
        var status = response.code();
        var code = S3Errors.codeIn(response.body().string());
        require(!isRefusal(status), prefix, code, what + ": " + status);
        throw S3Errors.ofAnswer(what, status, code, "", null);
      }
    } catch (IOException e) {
      throw S3Errors.of(what, e);
    }
  }

  private static boolean isRefusal(int status) {
    var ofTheRequest = status >= 400 && status < 500 && !S3Errors.isThrottling(status);
    return ofTheRequest || status == NOT_IMPLEMENTED;
  }

  private Response answer(String what, Request request) {
    try {
      return client.http().newCall(request).execute();
    } catch (IOException e) {
      throw S3Errors.of(what, e);
    }
  }

  private Request signed(Bucket bucket, String prefix) {
    var timeout = client.endpoint().requestTimeout();
    require(
        timeout.compareTo(SHORTEST) >= 0,
        prefix,
        "ShortTimeout",
        "worker.request-timeout is too short to sign a request for");
    var args =
        GetPresignedObjectUrlArgs.builder()
            .method(Http.Method.DELETE)
            .bucket(bucket.name())
            .object(prefix)
            .expiry(Math.toIntExact(timeout.toSeconds()))
            .build();
    try {
      var url = client.minio().getPresignedObjectUrl(args);
      return new Request.Builder().url(url).delete().header(FORCE, "true").build();
    } catch (MinioException e) {
      throw S3Errors.of(client.endpoint().name() + ": sign a removal", e);
    }
  }
}
