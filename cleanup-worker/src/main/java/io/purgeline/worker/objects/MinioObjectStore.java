package io.purgeline.worker.objects;

import io.minio.PutObjectArgs;
import java.time.InstantSource;
import java.util.List;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/** MinIO, or any store that speaks S3. Each call is made once; repeating is up to the caller. */
public final class MinioObjectStore implements ObjectStore {

  private final S3Client client;
  private final BucketInspection buckets;
  private final ObjectListing listing;
  private final ObjectDeletion deletion;
  private final PrefixRemoval prefixes;
  private final MultipartUploads uploads;

  private MinioObjectStore(S3Client client) {
    this.client = client;
    this.buckets = new BucketInspection(client);
    this.listing = new ObjectListing(client);
    this.deletion = new ObjectDeletion(client);
    this.prefixes = new PrefixRemoval(client, buckets, listing, InstantSource.system());
    this.uploads = new MultipartUploads(client);
  }

  /**
   * A client for the store; nothing is sent yet.
   *
   * @param interceptors applied to every request, for example to carry the trace context
   */
  public static MinioObjectStore connect(ObjectEndpoint endpoint, Interceptor... interceptors) {
    return new MinioObjectStore(new S3Client(endpoint, interceptors));
  }

  @Override
  public Bucket bucket(String bucket) {
    return buckets.inspect(bucket);
  }

  @Override
  public Page list(Bucket bucket, String prefix, @Nullable Position after) {
    return listing.list(bucket, prefix, after);
  }

  @Override
  public boolean isShadowed(Bucket bucket, String prefix) {
    return listing.isShadowed(bucket, prefix);
  }

  @Override
  public List<DeleteOutcome> delete(
      Bucket bucket, List<ObjectEntry> entries, Runnable beforeRequest) {
    return deletion.delete(bucket, entries, beforeRequest);
  }

  @Override
  public void removePrefix(Bucket bucket, String prefix, Runnable beforeRequest) {
    prefixes.remove(bucket, prefix, beforeRequest);
  }

  @Override
  public Uploads uploads(Bucket bucket, String prefix) {
    return uploads.list(bucket, prefix);
  }

  @Override
  public void abort(Bucket bucket, Upload upload) {
    uploads.abort(bucket, upload);
  }

  @Override
  public void put(Bucket bucket, String key, byte[] content) {
    var args =
        PutObjectArgs.builder()
            .bucket(bucket.name())
            .object(key)
            .data(content, content.length)
            .build();
    client.call("write to " + bucket.name(), minio -> minio.putObject(args));
  }

  @Override
  public void cancelCalls() {
    client.http().dispatcher().cancelAll();
  }

  @Override
  public void close() {
    client.close();
  }
}
