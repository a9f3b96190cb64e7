package io.purgeline.config;

import io.purgeline.location.ObjectLocation;
import io.purgeline.location.Segments;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses names of stores, roots and buckets that no location could have, and where none can be.
 */
final class PlaceNames {

  /** What a client of an object store can take; names of containers may have underscores. */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:(?<port>[0-9]{1,5}))?/?",
          Pattern.CASE_INSENSITIVE);

  private static final int LAST_PORT = 65_535;

  private PlaceNames() {}

  /**
   * Looks at every name, at the endpoints of stores and at the paths of roots.
   *
   * @throws ConfigurationException in one sentence that names the property
   */
  static void require(PurgelineProperties properties) {
    properties
        .objectStores()
        .forEach((name, store) -> {
          requireName("purgeline.object-stores", name);
          var endpoint = store.endpoint();
          if (endpoint != null) {
            requireEndpoint(name, endpoint.toString());
          }
          store.buckets().forEach(bucket -> requireBucket(name, bucket));
        });
    properties
        .directoryRoots()
        .forEach((name, path) -> {
          requireName("purgeline.directory-roots", name);
          if (!path.isAbsolute()) {
            throw new ConfigurationException(
                "Invalid value '%s' of purgeline.directory-roots.%s: it must be an absolute path."
                    .formatted(path, name));
          }
        });
  }

  private static void requireName(String property, String name) {
    if (!Segments.isStore(name)) {
      throw new ConfigurationException(
          "Invalid name '%s' in %s: 1 to 63 letters, digits, '_' and '-', the first a letter or digit."
              .formatted(name, property));
    }
  }

  private static void requireEndpoint(String store, String endpoint) {
    var parts = ENDPOINT.matcher(endpoint);
    if (!parts.matches() || !isPort(parts.group("port"))) {
      throw new ConfigurationException(
          "Invalid value '%s' of purgeline.object-stores.%s.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000."
              .formatted(withoutLogin(endpoint), store));
    }
  }

  private static boolean isPort(@Nullable String port) {
    if (port == null) {
      return true;
    }
    var number = Integer.parseInt(port);
    return number > 0 && number <= LAST_PORT;
  }

  /** Somebody may have put the secret key there. */
  private static String withoutLogin(String endpoint) {
    return endpoint.replaceFirst("//.*@", "//...@");
  }

  private static void requireBucket(String store, String bucket) {
    if (!ObjectLocation.isBucket(bucket)) {
      throw new ConfigurationException(
          "Invalid value '%s' of purgeline.object-stores.%s.buckets: no bucket can have this name."
              .formatted(bucket, store));
    }
  }
}
