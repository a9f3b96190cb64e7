package io.purgeline.worker.objects;

import io.purgeline.testing.S3Access;
import io.purgeline.testing.S3Fixture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store, a server behind it and another way into that server. */
interface StoreUnderTest {

  /** What the tests purge. */
  String PREFIX = "run-1/";

  S3Fixture fixture();

  ObjectStore store();

  S3Access access();

  static ObjectStore connect(S3Access access) {
    return connect(access.endpoint(), access, Duration.ofMinutes(2));
  }

  static ObjectStore connect(URI through, S3Access access, Duration timeout) {
    return connect(through, access, timeout, true);
  }

  static ObjectStore connect(
      URI through, S3Access access, Duration timeout, boolean prefixRemoval) {
    return MinioObjectStore.connect(endpoint(through, access, timeout, prefixRemoval));
  }

  static ObjectEndpoint endpoint(
      URI through, S3Access access, Duration timeout, boolean prefixRemoval) {
    return new ObjectEndpoint(
        "main",
        through,
        access.accessKey(),
        access.secretKey(),
        S3Access.REGION,
        16,
        timeout,
        prefixRemoval);
  }

  /** Every entry, page by page. */
  default List<ObjectEntry> listAll(String bucket) {
    return pages(bucket).stream().flatMap(page -> page.entries().stream()).toList();
  }

  default List<String> listKeys(String bucket) {
    return listAll(bucket).stream().map(ObjectEntry::key).toList();
  }

  default List<Page> pages(String bucket) {
    return pages(bucket, null);
  }

  default List<Page> pages(String bucket, @Nullable Position after) {
    var found = store().bucket(bucket);
    var pages = new ArrayList<Page>();
    @Nullable Position position = after;
    do {
      var page = store().list(found, PREFIX, position);
      pages.add(page);
      position = page.next();
    } while (position != null);
    return pages;
  }

  /** Lists and removes everything, as a purge does. */
  default List<DeleteOutcome> purge(String bucket) {
    var outcomes = new ArrayList<DeleteOutcome>();
    for (var page : pages(bucket)) {
      if (!page.entries().isEmpty()) {
        outcomes.addAll(store().delete(store().bucket(bucket), page.entries()));
      }
    }
    return outcomes;
  }
}
