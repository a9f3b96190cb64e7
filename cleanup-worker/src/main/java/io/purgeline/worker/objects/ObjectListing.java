package io.purgeline.worker.objects;

import io.minio.ListObjectVersionsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.StatObjectArgs;
import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListVersionsResult;
import io.purgeline.worker.store.RefusedException;
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

  /** The name of the version that objects have from before their bucket kept versions. */
  static final String NO_VERSION = "null";

  private static final Comparator<ObjectEntry> BY_KEY =
      Comparator.comparing(
          entry -> entry.key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final S3Client client;

  ObjectListing(S3Client client) {
    this.client = client;
  }

  Page list(Bucket bucket, String prefix, @Nullable Position after) {
    requireSound(prefix, after);
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

  boolean isShadowed(Bucket bucket, String prefix) {
    requirePrefix(prefix);
    var key = prefix.substring(0, prefix.length() - 1);
    return bucket.versioned() ? isListed(bucket, key) : exists(bucket, key);
  }

  /** Asked for the one key: to list it, MinIO reads the names of all that lies beside it. */
  private boolean exists(Bucket bucket, String key) {
    var args = StatObjectArgs.builder().bucket(bucket.name()).object(key).build();
    try {
      client.call("look for a key in " + bucket.name(), minio -> minio.statObject(args));
      return true;
    } catch (RefusedException e) {
      return isListed(bucket, key); // who may not read it may still list it
    } catch (StoreUnavailableException e) {
      if (S3Errors.codeBehind(e).equals("NoSuchKey")) {
        return false;
      }
      throw e;
    }
  }

  /** Delete markers too. Among the keys that begin with it, the key itself comes first. */
  private boolean isListed(Bucket bucket, String key) {
    return first(bucket, key).stream().anyMatch(entry -> entry.key().equals(key));
  }

  private List<ObjectEntry> first(Bucket bucket, String beginning) {
    return bucket.versioned()
        ? entries(listVersions(bucket.name(), beginning, null, 1))
        : entries(listObjects(bucket.name(), beginning, null, 1));
  }

  /** MinIO answers what it cannot make sense of with an empty page. */
  private static void requireSound(String prefix, @Nullable Position after) {
    requirePrefix(prefix);
    if (after != null && !after.key().startsWith(prefix)) {
      throw new IllegalArgumentException(after.key() + " is no place under " + prefix);
    }
  }

  static void requirePrefix(String prefix) {
    if (!prefix.endsWith("/") || KeyShape.of(prefix) == KeyShape.UNSAFE) {
      throw new IllegalArgumentException("not a prefix that can be listed: '" + prefix + "'");
    }
  }

  private Page objects(String bucket, String prefix, @Nullable Position after) {
    var result = listObjects(bucket, prefix, after, ObjectStore.BATCH_LIMIT);
    var entries = entries(result);
    if (!result.isTruncated()) {
      return new Page(entries, null);
    }
    var token = required(result.nextContinuationToken(), bucket);
    var last = entries.isEmpty() ? prefix : entries.getLast().key();
    return new Page(entries, new Position(last, null, token));
  }

  private ListBucketResultV2 listObjects(
      String bucket, String prefix, @Nullable Position after, int limit) {
    var args =
        ListObjectsV2Args.builder().bucket(bucket).prefix(prefix).encodingType(URL).maxKeys(limit);
    if (after != null && after.token() != null) {
      args.continuationToken(after.token());
    } else if (after != null) {
      args.startAfter(after.key());
    }
    return client.call("list " + bucket, minio -> minio.listObjectsV2(args.build())).result();
  }

  private static List<ObjectEntry> entries(ListBucketResultV2 result) {
    return result.contents().stream()
        .map(item -> new ObjectEntry(name(item, result.encodingType()), null, item.size(), false))
        .toList();
  }

  private Page versions(String bucket, String prefix, @Nullable Position after) {
    if (after != null && NO_VERSION.equals(after.versionId())) {
      return restOfKey(bucket, after);
    }
    var marker = after == null || after.token() == null ? after : behind(after, after.token());
    var result = listVersions(bucket, prefix, marker, ObjectStore.BATCH_LIMIT);
    var entries = entries(result);
    if (!result.isTruncated()) {
      return new Page(entries, null);
    }
    var token = required(result.nextKeyMarker(), bucket);
    var last = entries.isEmpty() ? prefix : entries.getLast().key();
    return new Page(entries, new Position(last, result.nextVersionIdMarker(), token));
  }

  /**
   * What a key still has behind its version "null". Every key may have a version of that name:
   * MinIO, asked to go on behind that of a key that is gone by now, leaves out that of the next.
   */
  private Page restOfKey(String bucket, Position after) {
    var key = after.key();
    var result = listVersions(bucket, key, behind(after, key), ObjectStore.BATCH_LIMIT);
    var rest = entries(result).stream().filter(entry -> entry.key().equals(key)).toList();
    var goesOn = result.isTruncated() && !rest.isEmpty() && rest.size() == size(result);
    var version = goesOn ? result.nextVersionIdMarker() : null;
    return new Page(rest, new Position(key, version, goesOn ? null : after.token()));
  }

  private static Position behind(Position after, String marker) {
    return new Position(marker, after.versionId(), null);
  }

  private ListVersionsResult listVersions(
      String bucket, String prefix, @Nullable Position after, int limit) {
    var args =
        ListObjectVersionsArgs.builder()
            .bucket(bucket)
            .prefix(prefix)
            .encodingType(URL)
            .maxKeys(limit);
    if (after != null) {
      args.keyMarker(after.key());
      args.versionIdMarker(after.versionId());
    }
    return client
        .call("list versions of " + bucket, minio -> minio.listObjectVersions(args.build()))
        .result();
  }

  private static int size(ListVersionsResult result) {
    return result.contents().size() + result.deleteMarkers().size();
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
