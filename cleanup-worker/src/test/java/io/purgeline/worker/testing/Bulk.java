package io.purgeline.worker.testing;

import io.minio.MinioAsyncClient;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.purgeline.testing.S3Access;
import java.util.function.Consumer;

/** What the fixtures do not offer. */
public final class Bulk {

  private Bulk() {}

  /** Removes a bucket, which must be empty. */
  public static void removeBucket(S3Access access, String bucket) {
    var args = RemoveBucketArgs.builder().bucket(bucket).build();
    ask(access, client -> client.removeBucket(args).join());
  }

  /** Removes one version of an object for good. */
  public static void removeVersion(S3Access access, String bucket, String key, String version) {
    var args = RemoveObjectArgs.builder().bucket(bucket).object(key).versionId(version).build();
    ask(access, client -> client.removeObject(args).join());
  }

  private static void ask(S3Access access, Consumer<MinioAsyncClient> request) {
    try (var client =
        MinioAsyncClient.builder()
            .endpoint(access.endpoint().toString())
            .region(S3Access.REGION)
            .credentials(access.accessKey(), access.secretKey())
            .build()) {
      request.accept(client);
    } catch (Exception e) {
      throw new IllegalStateException("not removed", e);
    }
  }
}
