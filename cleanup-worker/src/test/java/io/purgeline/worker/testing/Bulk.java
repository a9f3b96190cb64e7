package io.purgeline.worker.testing;

import io.minio.MinioAsyncClient;
import io.minio.RemoveBucketArgs;
import io.minio.SnowballObject;
import io.minio.UploadSnowballObjectsArgs;
import io.purgeline.testing.S3Access;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the fixtures do not offer. Many objects at once: MinIO unpacks an archive faster than it
 * takes single objects.
 */
public final class Bulk {

  private Bulk() {}

  /** Stores so many objects of this many bytes and answers their keys. */
  public static List<String> put(
      S3Access access, String bucket, String prefix, int count, int size) {
    var keys = IntStream.range(0, count).mapToObj(i -> "%s%06d".formatted(prefix, i)).toList();
    try (var client = connect(access)) {
      var objects = keys.stream().map(key -> object(key, size)).toList();
      var args = UploadSnowballObjectsArgs.builder().bucket(bucket).objects(objects).build();
      client.uploadSnowballObjects(args).join();
      return keys;
    } catch (Exception e) {
      throw new IllegalStateException("the archive was not stored", e);
    }
  }

  /** Removes a bucket, which must be empty. */
  public static void removeBucket(S3Access access, String bucket) {
    try (var client = connect(access)) {
      client.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build()).join();
    } catch (Exception e) {
      throw new IllegalStateException("the bucket was not removed", e);
    }
  }

  private static MinioAsyncClient connect(S3Access access) {
    return MinioAsyncClient.builder()
        .endpoint(access.endpoint().toString())
        .region(S3Access.REGION)
        .credentials(access.accessKey(), access.secretKey())
        .build();
  }

  private static SnowballObject object(String key, int size) {
    return new SnowballObject(key, new ByteArrayInputStream(new byte[size]), size, null);
  }
}
