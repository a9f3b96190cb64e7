package io.purgeline.worker.place;

import java.util.Map;

/** Everything this worker is connected to, by name; closed with the process. */
record ConnectedPlaces(Map<String, ObjectStoreAccess> stores, Map<String, RootAccess> roots)
    implements AutoCloseable {

  ConnectedPlaces {
    stores = Map.copyOf(stores);
    roots = Map.copyOf(roots);
  }

  @Override
  public void close() {
    stores.values().forEach(access -> access.store().close());
    roots.values().forEach(access -> access.store().close());
  }
}
