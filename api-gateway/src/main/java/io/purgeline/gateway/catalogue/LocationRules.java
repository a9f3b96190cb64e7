package io.purgeline.gateway.catalogue;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.location.CanaryPlace;
import io.purgeline.location.DirectoryLocation;
import io.purgeline.location.InvalidLocationException;
import io.purgeline.location.Location;
import io.purgeline.location.ObjectLocation;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which places a resource may have: those that are well-formed, lie in a configured store, bucket
 * or root, and not in each other. They come in one order, in which they are reserved everywhere.
 */
@Component
class LocationRules {

  private final PurgelineProperties properties;

  LocationRules(PurgelineProperties properties) {
    this.properties = properties;
  }

  List<Location> ofDataset(String type, String id, @Nullable List<LocationBody> asked) {
    if (type.equals("feature_based") && asked != null && !asked.isEmpty()) {
      throw ApiException.badRequest("A feature_based dataset has no locations");
    }
    if (asked != null) {
      return distinct(
          Names.fewEnough("locations", asked).stream()
              .map(location -> known(location.uri()))
              .toList());
    }
    return switch (type) {
      case "iq_raw" -> defaults(properties.defaults().datasetLocations(), id);
      case "files" -> defaults(properties.defaults().filesLocations(), id);
      default -> List.of();
    };
  }

  List<Location> ofTraining(String id, @Nullable LocationBody asked) {
    return asked != null
        ? List.of(known(asked.uri()))
        : defaults(properties.defaults().trainingLocations(), id);
  }

  private List<Location> defaults(List<String> templates, String id) {
    return distinct(
        templates.stream().map(template -> known(template.replace("{id}", id))).toList());
  }

  /** What lies in another one follows it directly, once they are sorted. */
  private static List<Location> distinct(List<Location> locations) {
    var sorted = locations.stream().sorted(Comparator.comparing(Location::spanStart)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      var before = sorted.get(i - 1);
      if (sorted.get(i).spanStart().startsWith(before.spanStart())) {
        throw ApiException.badRequest(
            "Location " + sorted.get(i).uri() + " overlaps " + before.uri() + " of this request");
      }
    }
    return sorted;
  }

  private Location known(@Nullable String uri) {
    if (uri == null) {
      throw ApiException.badRequest("A location needs a uri");
    }
    try {
      var location = Location.parse(uri);
      requireConfigured(location);
      return location;
    } catch (InvalidLocationException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private void requireConfigured(Location location) {
    if (CanaryPlace.contains(location)) {
      throw new InvalidLocationException(
          location.uri(), "the folder " + CanaryPlace.FOLDER + " is reserved");
    }
    switch (location) {
      case ObjectLocation objects -> {
        var store = properties.objectStores().get(objects.store());
        if (store == null) {
          throw new InvalidLocationException(
              objects.uri(), "there is no object store '" + objects.store() + "'");
        }
        if (!store.buckets().contains(objects.bucket())) {
          throw new InvalidLocationException(
              objects.uri(), "the store has no bucket '" + objects.bucket() + "'");
        }
      }
      case DirectoryLocation directory -> {
        if (!properties.directoryRoots().containsKey(directory.store())) {
          throw new InvalidLocationException(
              directory.uri(), "there is no directory root '" + directory.store() + "'");
        }
      }
    }
  }
}
