package io.purgeline.worker.objects;

import io.minio.ListObjectVersionsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.messages.Item;
import io.minio.messages.ListVersionsResult;
import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of a listing. Names travel url-encoded (one control character would make a whole page
 * unreadable) and come out exactly as they are stored.
 */
final class ObjectListing {

  private static final String URL = "url";
  private static final String NO_VERSION = "null";
  private static final Comparator<ObjectEntry> BY_KEY =
      Comparator.comparing(
          entry -> entry.key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final S3Client client;

  ObjectListing(S3Client client) {
    this.client = client;
  }

  Page list(Bucket bucket, String prefix, @Nullable Position after) {
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix ends in a slash and is not empty: " + prefix);
    }
    var page =
        bucket.versioned()
            ? versions(bucket.name(), prefix, after)
            : objects(bucket.name(), prefix, after);
    for (var entry : page.entries()) {
      if (!entry.key().startsWith(prefix)) {
        throw new StoreUnavailableException(
            "a listing of " + prefix + " shows " + entry.key() + ": not to be trusted", null);
      }
    }
    return page;
  }

  private Page objects(String bucket, String prefix, @Nullable Position after) {
    var args =
        ListObjectsV2Args.builder()
            .bucket(bucket)
            .prefix(prefix)
            .encodingType(URL)
            .maxKeys(ObjectStore.BATCH_LIMIT);
    if (after != null && after.token() != null) {
      args.continuationToken(after.token());
    } else if (after != null) {
      args.startAfter(after.key());
    }
    var result = client.call("list " + bucket, minio -> minio.listObjectsV2(args.build())).result();
    var entries = new ArrayList<ObjectEntry>(result.contents().size());
    for (var item : result.contents()) {
      entries.add(new ObjectEntry(name(item, result.encodingType()), null, item.size(), false));
    }
    if (!result.isTruncated()) {
      return new Page(entries, null);
    }
    var token = required(result.nextContinuationToken(), bucket);
    var last = entries.isEmpty() ? prefix : entries.getLast().key();
    return new Page(entries, new Position(last, null, token));
  }

  private Page versions(String bucket, String prefix, @Nullable Position after) {
    var args =
        ListObjectVersionsArgs.builder()
            .bucket(bucket)
            .prefix(prefix)
            .encodingType(URL)
            .maxKeys(ObjectStore.BATCH_LIMIT);
    if (after != null) {
      args.keyMarker(after.token() == null ? after.key() : after.token());
      if (after.versionId() != null) {
        args.versionIdMarker(after.versionId());
      }
    }
    var result =
        client
            .call("list versions of " + bucket, minio -> minio.listObjectVersions(args.build()))
            .result();
    var entries = entries(result);
    if (!result.isTruncated()) {
      return new Page(entries, null);
    }
    var marker = required(result.nextKeyMarker(), bucket);
    var last = entries.isEmpty() ? prefix : entries.getLast().key();
    return new Page(entries, new Position(last, result.nextVersionIdMarker(), marker));
  }

  /** The library gives versions and markers apart; the last key of a page must be the greatest. */
  private static List<ObjectEntry> entries(ListVersionsResult result) {
    var entries = new ArrayList<ObjectEntry>();
    for (var version : result.contents()) {
      entries.add(entry(version, result.encodingType(), version.size(), false));
    }
    for (var marker : result.deleteMarkers()) {
      entries.add(entry(marker, result.encodingType(), 0, true));
    }
    entries.sort(BY_KEY);
    return entries;
  }

  private static ObjectEntry entry(Item item, String encoding, long size, boolean marker) {
    var version = item.versionId() == null ? NO_VERSION : item.versionId();
    return new ObjectEntry(name(item, encoding), version, size, marker);
  }

  private static String name(Item item, String encoding) {
    item.setEncodingType(encoding);
    return item.objectName();
  }

  private static String required(@Nullable String token, String bucket) {
    if (token == null || token.isEmpty()) {
      throw new StoreUnavailableException(
          "a listing of " + bucket + " says that there is more but not where", null);
    }
    return token;
  }
}
