package io.purgeline.config;

import java.util.LinkedHashMap;

/**
 * Refuses a configuration in which one place has two names. Locations are compared by their names:
 * two that reach the same bytes would let one resource's purge remove another's.
 */
final class DistinctPlaces {

  private DistinctPlaces() {}

  /**
   * Compares every store and root with every other.
   *
   * @throws ConfigurationException in one sentence that names both
   */
  static void require(PurgelineProperties properties) {
    requireDistinctBuckets(properties);
    requireDistinctRoots(properties);
  }

  private static void requireDistinctBuckets(PurgelineProperties properties) {
    var stores = new LinkedHashMap<BucketAddress, String>();
    properties
        .objectStores()
        .forEach((name, store) ->
            store
                .buckets()
                .forEach(bucket -> {
                  var endpoint = store.endpoint();
                  if (endpoint == null) {
                    return; // a gateway may know names only; its workers know the addresses
                  }
                  var other = stores.putIfAbsent(BucketAddress.of(endpoint, bucket), name);
                  if (other != null) {
                    throw new ConfigurationException(
                        "The object stores '%s' and '%s' both reach the bucket '%s' at %s: list it in one of them only."
                            .formatted(other, name, bucket, endpoint));
                  }
                }));
  }

  private static void requireDistinctRoots(PurgelineProperties properties) {
    var roots = new LinkedHashMap<String, RootPath>();
    properties
        .directoryRoots()
        .forEach((name, path) -> {
          var root = RootPath.of(path);
          roots.forEach((otherName, other) -> {
            if (root.overlaps(other)) {
              throw new ConfigurationException(
                  "The directory roots '%s' (%s) and '%s' (%s) lie inside each other: keep them apart."
                      .formatted(otherName, other.path(), name, root.path()));
            }
          });
          roots.put(name, root);
        });
  }
}
