package io.purgeline.worker.place;

import io.purgeline.location.DirectoryLocation;
import io.purgeline.location.Location;
import io.purgeline.location.ObjectLocation;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.purge.DirectoryPlaces;
import io.purgeline.worker.purge.ObjectPlaces;
import io.purgeline.worker.purge.Probe;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every store and root this worker was given, by name. */
public final class Places implements ObjectPlaces, DirectoryPlaces, Probe {

  private final Map<String, ObjectStoreAccess> stores;
  private final Map<String, DirectoryStore> roots;
  private final Buckets buckets;
  private final Roots marked;
  private final Gates gates;

  Places(
      Map<String, ObjectStoreAccess> stores,
      Map<String, DirectoryStore> roots,
      Buckets buckets,
      Roots marked,
      Gates gates) {
    this.stores = Map.copyOf(stores);
    this.roots = Map.copyOf(roots);
    this.buckets = buckets;
    this.marked = marked;
    this.gates = gates;
  }

  @Override
  public ObjectPlace open(ObjectLocation location, Runnable beforeCall) {
    var access = known(location.store(), stores.get(location.store()));
    var guarded = new GuardedObjectStore(access, beforeCall);
    return new ObjectPlace(guarded, buckets.recognise(access, location), location.prefix());
  }

  @Override
  public DirectoryStore open(DirectoryLocation location) {
    return marked.recognise(location.store(), known(location.store(), roots.get(location.store())));
  }

  /** If the place is gone with its whole store, the store's gate closes too. */
  @Override
  public Optional<String> outage(Location location) {
    try {
      switch (location) {
        case ObjectLocation objects -> open(objects, () -> {});
        case DirectoryLocation directory -> open(directory);
      }
      return Optional.empty();
    } catch (StoreUnavailableException | RefusedException e) {
      gates.check(location);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static <T> T known(String name, @Nullable T place) {
    if (place == null) {
      throw new StoreUnavailableException("this worker was not given " + name, null);
    }
    return place;
  }
}
