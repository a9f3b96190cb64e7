package io.purgeline.config;

import io.purgeline.location.ObjectLocation;
import io.purgeline.location.Segments;

/** Refuses names of stores, roots and buckets that no location could have. */
final class PlaceNames {

  private PlaceNames() {}

  /**
   * Looks at every name, and at the paths of roots.
   *
   * @throws ConfigurationException in one sentence that names the property
   */
  static void require(PurgelineProperties properties) {
    properties
        .objectStores()
        .forEach((name, store) -> {
          requireName("purgeline.object-stores", name);
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

  private static void requireBucket(String store, String bucket) {
    if (!ObjectLocation.isBucket(bucket)) {
      throw new ConfigurationException(
          "Invalid value '%s' of purgeline.object-stores.%s.buckets: no bucket can have this name."
              .formatted(bucket, store));
    }
  }
}
