package io.purgeline.testing;

import io.minio.GetObjectArgs;
import io.minio.ListObjectVersionsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.messages.Item;
import io.minio.messages.ListObjectsResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads buckets for comparison: whole listings, and the bytes of what they show. */
final class S3Reader {

  private static final String URL_ENCODED = "url";

  private final MinioAsyncClient client;

  S3Reader(MinioAsyncClient client) {
    this.client = client;
  }

  SortedMap<String, String> contents(String bucket, String prefix) {
    var keys = keys(bucket, prefix);
    var digests = Parallel.map(keys, key -> digest(bucket, key));
    var contents = new TreeMap<String, String>();
    for (int i = 0; i < keys.size(); i++) {
      contents.put(keys.get(i), digests.get(i));
    }
    return contents;
  }

  List<StoredVersion> versions(String bucket, String prefix) {
    var found = new ArrayList<StoredVersion>();
    @Nullable String key = null;
    @Nullable String version = null;
    while (true) {
      var page =
          client
              .listObjectVersions(
                  ListObjectVersionsArgs.builder()
                      .bucket(bucket)
                      .prefix(prefix)
                      .encodingType(URL_ENCODED)
                      .keyMarker(key)
                      .versionIdMarker(version)
                      .build())
              .join()
              .result();
      found.addAll(page.contents().stream().map(item -> stored(item, page)).toList());
      found.addAll(page.deleteMarkers().stream().map(item -> stored(item, page)).toList());
      if (!page.isTruncated()) {
        return found;
      }
      key = page.nextKeyMarker();
      version = page.nextVersionIdMarker();
    }
  }

  private List<String> keys(String bucket, String prefix) {
    var found = new ArrayList<String>();
    @Nullable String token = null;
    while (true) {
      var page =
          client
              .listObjectsV2(
                  ListObjectsV2Args.builder()
                      .bucket(bucket)
                      .prefix(prefix)
                      .encodingType(URL_ENCODED)
                      .continuationToken(token)
                      .build())
              .join()
              .result();
      page.contents().forEach(item -> found.add(nameOf(item, page)));
      if (!page.isTruncated()) {
        return found;
      }
      token = page.nextContinuationToken();
    }
  }

  private String digest(String bucket, String key) {
    var args = GetObjectArgs.builder().bucket(bucket).object(key).build();
    try (var stream = client.getObject(args).join()) {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + key, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StoredVersion stored(Item item, ListObjectsResult page) {
    var version = item.versionId() == null ? "null" : item.versionId();
    return new StoredVersion(nameOf(item, page), version, item.size(), item.isDeleteMarker());
  }

  private static String nameOf(Item item, ListObjectsResult page) {
    item.setEncodingType(page.encodingType()); // without it names stay url-encoded
    return item.objectName();
  }
}
