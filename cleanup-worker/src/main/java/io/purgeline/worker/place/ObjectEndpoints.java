package io.purgeline.worker.place;

import io.purgeline.config.ConfigurationException;
import io.purgeline.config.ObjectStoreProperties;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.worker.objects.ObjectEndpoint;
import org.jspecify.annotations.Nullable;

/** A configured store as the client wants it. */
final class ObjectEndpoints {

  private ObjectEndpoints() {}

  static ObjectEndpoint of(
      String name, ObjectStoreProperties store, PurgelineProperties properties) {
    return new ObjectEndpoint(
        name,
        required(name, "endpoint", store.endpoint()),
        required(name, "access-key", store.accessKey()),
        required(name, "secret-key", store.secretKey()),
        store.region(),
        properties.purge().concurrency(),
        properties.worker().requestTimeout(),
        store.prefixRemoval());
  }

  private static <T> T required(String store, String property, @Nullable T value) {
    if (value == null) {
      throw new ConfigurationException(
          "Set purgeline.object-stores." + store + "." + property + ": a worker needs it.");
    }
    return value;
  }
}
