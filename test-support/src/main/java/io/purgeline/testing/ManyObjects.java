package io.purgeline.testing;

import io.minio.SnowballObject;
import io.minio.UploadSnowballObjectsArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many objects at once: MinIO unpacks an archive faster than it takes single objects, and what lies
 * on its drive can be copied faster still.
 */
public final class ManyObjects {

  /** So many are uploaded; the others are copies of these. */
  private static final int UPLOADED = 500;

  private ManyObjects() {}

  /**
   * Stores so many small objects of this many bytes and answers their keys. Nobody may have asked
   * the server for the prefix before.
   */
  public static List<String> put(
      MinioServer minio, String bucket, String prefix, int count, int size) {
    return put(minio, bucket, keys(prefix, "", count), size);
  }

  /** The same, with each object called {@code object} in a prefix of its own. */
  public static List<String> putApart(
      MinioServer minio, String bucket, String prefix, int count, int size) {
    return put(minio, bucket, keys(prefix, "/object", count), size);
  }

  private static List<String> keys(String prefix, String suffix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%s%06d%s".formatted(prefix, i, suffix))
        .toList();
  }

  private static List<String> put(MinioServer minio, String bucket, List<String> keys, int size) {
    var count = keys.size();
    var uploaded = keys.subList(0, Math.min(UPLOADED, count));
    upload(minio.access(), bucket, uploaded, size);
    var drive = minio.drive().resolve(bucket);
    for (int i = uploaded.size(); i < count; i++) {
      copy(drive.resolve(keys.get(i % UPLOADED)), drive.resolve(keys.get(i)));
    }
    return keys;
  }

  private static void upload(S3Access access, String bucket, List<String> keys, int size) {
    try (var client = S3Client.connect(access)) {
      var objects = keys.stream().map(key -> object(key, size)).toList();
      var args = UploadSnowballObjectsArgs.builder().bucket(bucket).objects(objects).build();
      client.uploadSnowballObjects(args).join();
    } catch (Exception e) { // the library declares nothing narrower
      throw new IllegalStateException("the archive was not stored", e);
    }
  }

  /** On the drive a small object is a folder of one file, which does not tell its key. */
  private static void copy(Path object, Path target) {
    try {
      Files.createDirectories(target);
      Files.copy(object.resolve("xl.meta"), target.resolve("xl.meta"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SnowballObject object(String key, int size) {
    return new SnowballObject(key, new ByteArrayInputStream(new byte[size]), size, null);
  }
}
