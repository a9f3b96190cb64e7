package io.purgeline.worker.testing;

import io.minio.MinioAsyncClient;
import io.minio.RemoveBucketArgs;
import io.purgeline.testing.S3Access;

/** What the fixtures do not offer. */
public final class Bulk {

  private Bulk() {}

  /** Removes a bucket, which must be empty. */
  public static void removeBucket(S3Access access, String bucket) {
    try (var client =
        MinioAsyncClient.builder()
            .endpoint(access.endpoint().toString())
            .region(S3Access.REGION)
            .credentials(access.accessKey(), access.secretKey())
            .build()) {
      client.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build()).join();
    } catch (Exception e) {
      throw new IllegalStateException("the bucket was not removed", e);
    }
  }
}
