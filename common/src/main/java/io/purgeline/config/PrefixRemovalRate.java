package io.purgeline.config;

/** Refuses what cannot be had together: a prefix that goes in one step goes at no rate. */
final class PrefixRemovalRate {

  private PrefixRemovalRate() {}

  /**
   * Looks at every store.
   *
   * @throws ConfigurationException in one sentence that names both properties
   */
  static void require(PurgelineProperties properties) {
    var rate = properties.purge().maxObjectsPerSecond();
    properties
        .objectStores()
        .forEach((name, store) -> {
          if (store.prefixRemoval() && rate > 0) {
            throw new ConfigurationException(
                "purgeline.object-stores.%s.prefix-removal removes all objects at once, and purgeline.purge.max-objects-per-second allows %d: set one of them only."
                    .formatted(name, rate));
          }
        });
  }
}
