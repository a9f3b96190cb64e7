package io.purgeline.gateway.canary;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.location.CanaryPlace;
import io.purgeline.location.Location;
import io.purgeline.messaging.WorkQueue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Every store and root that wants a canary, and where in it: a store's first bucket, and a root.
 */
@Component
class CanaryPlaces {

  private final Map<String, Function<UUID, Location>> places = new LinkedHashMap<>();

  CanaryPlaces(PurgelineProperties properties) {
    if (properties.canary().isOn()) {
      properties
          .objectStores()
          .forEach((name, store) ->
              store.buckets().stream()
                  .findFirst()
                  .ifPresent(bucket ->
                      places.put(
                          WorkQueue.objects(name).store(),
                          id -> CanaryPlace.inBucket(name, bucket, id))));
      properties
          .directoryRoots()
          .keySet()
          .forEach(name ->
              places.put(WorkQueue.directories(name).store(), id -> CanaryPlace.inRoot(name, id)));
    }
  }

  /** Their names in metrics. */
  Set<String> stores() {
    return places.keySet();
  }

  Optional<Location> in(String store, UUID id) {
    return Optional.ofNullable(places.get(store)).map(place -> place.apply(id));
  }
}
