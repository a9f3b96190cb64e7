package io.purgeline.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Two names for one place would let one name's purge delete the other's data: such a configuration
 * is refused.
 */
final class DistinctPlaces {

  private DistinctPlaces() {}

  /**
   * Looks at every pair of stores and roots.
   *
   * @throws ConfigurationException if two stores reach the same bucket, or one root lies inside
   *     another
   */
  static void require(PurgelineProperties properties) {
    requireDistinctBuckets(properties.objectStores());
    requireDistinctRoots(properties.directoryRoots());
  }

  private static void requireDistinctBuckets(Map<String, ObjectStoreProperties> stores) {
    var seen = new HashMap<String, String>();
    stores.forEach((name, store) -> {
      var endpoint = store.endpoint();
      if (endpoint != null) {
        for (var bucket : store.buckets()) {
          var other = seen.putIfAbsent(normal(endpoint) + "/" + bucket, name);
          if (other != null) {
            throw new ConfigurationException(
                "The object stores '%s' and '%s' reach the same bucket '%s': name it once."
                    .formatted(other, name, bucket));
          }
        }
      }
    });
  }

  private static String normal(URI endpoint) {
    var host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
    var local = host.equals("localhost") || host.equals("[::1]") ? "127.0.0.1" : host;
    var standard = "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
    return local + ":" + (endpoint.getPort() < 0 ? standard : endpoint.getPort());
  }

  private static void requireDistinctRoots(Map<String, Path> roots) {
    roots.forEach((name, path) ->
        roots.forEach((other, otherPath) -> {
          if (!name.equals(other) && real(otherPath).startsWith(real(path))) {
            throw new ConfigurationException(
                "The directory root '%s' (%s) lies inside the root '%s' (%s)."
                    .formatted(other, otherPath, name, path));
          }
        }));
  }

  /** Where the path leads; as it is written where nothing is there yet. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException absent) {
      return path.toAbsolutePath().normalize();
    }
  }
}
