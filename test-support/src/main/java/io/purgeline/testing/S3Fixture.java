package io.purgeline.testing;

import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DisableObjectLegalHoldArgs;
import io.minio.EnableObjectLegalHoldArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;
import io.minio.messages.VersioningConfiguration.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Fills buckets of a test, and looks into them by another way than the code under test. */
public final class S3Fixture implements AutoCloseable {

  private final MinioAsyncClient client;
  private final S3Reader reader;

  public S3Fixture(S3Access access) {
    this.client = S3Client.connect(access);
    this.reader = new S3Reader(client);
  }

  /** A new bucket under a name nobody has. */
  public String newBucket() {
    var name = "test-" + UUID.randomUUID();
    makeBucket(name, false);
    return name;
  }

  /** A new bucket whose objects may be locked (it is versioned, too). */
  public String newLockedBucket() {
    var name = "locked-" + UUID.randomUUID();
    makeBucket(name, true);
    return name;
  }

  /** A new bucket that keeps versions. */
  public String newVersionedBucket() {
    var name = newBucket();
    enableVersioning(name);
    return name;
  }

  public void makeBucket(String name, boolean lock) {
    client.makeBucket(MakeBucketArgs.builder().bucket(name).objectLock(lock).build()).join();
  }

  public void enableVersioning(String bucket) {
    setVersioning(bucket, Status.ENABLED);
  }

  public void suspendVersioning(String bucket) {
    setVersioning(bucket, Status.SUSPENDED);
  }

  /** Stores the object and answers its version id, "" where the bucket has no versions. */
  public String put(String bucket, String key, byte[] bytes) {
    var args = PutObjectArgs.builder().bucket(bucket).object(key).data(bytes, bytes.length).build();
    var version = client.putObject(args).join().versionId();
    return version == null ? "" : version;
  }

  /** Stores n objects {@code PREFIX000000}, {@code PREFIX000001}... of this many bytes each. */
  public List<String> putMany(String bucket, String prefix, int n, int size) {
    return putMany(bucket, n, size, i -> "%s%06d".formatted(prefix, i));
  }

  /** Stores n versions of one key. */
  public void putVersions(String bucket, String key, int n, int size) {
    putMany(bucket, n, size, _ -> key);
  }

  /** Deletes the key as a user would: a versioned bucket then shows a delete marker. */
  public void delete(String bucket, String key) {
    client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build()).join();
  }

  public void retain(String bucket, String key, String version, RetentionMode mode, Instant until) {
    var retention = new Retention(mode, until.atZone(ZoneOffset.UTC));
    client
        .setObjectRetention(
            SetObjectRetentionArgs.builder()
                .bucket(bucket)
                .object(key)
                .versionId(version)
                .config(retention)
                .build())
        .join();
  }

  public void hold(String bucket, String key, String version) {
    client
        .enableObjectLegalHold(
            EnableObjectLegalHoldArgs.builder()
                .bucket(bucket)
                .object(key)
                .versionId(version)
                .build())
        .join();
  }

  public void letGo(String bucket, String key, String version) {
    client
        .disableObjectLegalHold(
            DisableObjectLegalHoldArgs.builder()
                .bucket(bucket)
                .object(key)
                .versionId(version)
                .build())
        .join();
  }

  /** Begins a multipart upload that nobody finishes, and answers its id. */
  public String startUpload(String bucket, String key) {
    var args = CreateMultipartUploadArgs.builder().bucket(bucket).object(key).build();
    return client.createMultipartUpload(args).join().result().uploadId();
  }

  /** Completes an upload with these bytes as its only part. */
  public void completeUpload(String bucket, String key, String upload, byte[] bytes) {
    var part =
        client
            .uploadPart(
                UploadPartArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .uploadId(upload)
                    .partNumber(1)
                    .data(bytes, bytes.length)
                    .build())
            .join()
            .part();
    client
        .completeMultipartUpload(
            CompleteMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(upload)
                .parts(new Part[] {part})
                .build())
        .join();
  }

  /** Every live key under the prefix with the SHA-256 of what was read from it. */
  public SortedMap<String, String> contents(String bucket, String prefix) {
    return reader.contents(bucket, prefix);
  }

  /** Every version and delete marker under the prefix. */
  public List<StoredVersion> listVersions(String bucket, String prefix) {
    return reader.versions(bucket, prefix);
  }

  @Override
  public void close() {
    client.close();
  }

  private List<String> putMany(String bucket, int n, int size, IntFunction<String> key) {
    return Parallel.map(
        IntStream.range(0, n).boxed().toList(),
        i -> {
          put(bucket, key.apply(i), bytes(i, size));
          return key.apply(i);
        });
  }

  /** Different bytes for different objects, so that a mix-up shows. */
  private static byte[] bytes(int seed, int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (seed >> (8 * (i % 4)));
    }
    return bytes;
  }

  private void setVersioning(String bucket, Status status) {
    client
        .setBucketVersioning(
            SetBucketVersioningArgs.builder()
                .bucket(bucket)
                .config(new VersioningConfiguration(status, null, null, null))
                .build())
        .join();
  }
}
