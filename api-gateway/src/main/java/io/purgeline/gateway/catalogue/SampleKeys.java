package io.purgeline.gateway.catalogue;

import io.purgeline.location.ObjectLocation;
import io.purgeline.location.Segments;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings keys into their one normal form: a location of the dataset, and the key in its bucket. A
 * {@code feature_based} dataset has neither.
 */
final class SampleKeys {

  private static final String SCHEME = "s3://";
  private static final String WITHOUT_STORAGE = "feature_based";

  private final boolean hasStorage;
  private final List<Place> places;

  SampleKeys(String datasetType, List<LocationRows.Held> held) {
    this.hasStorage = !datasetType.equals(WITHOUT_STORAGE);
    this.places =
        held.stream()
            .filter(place -> place.location() instanceof ObjectLocation)
            .map(place -> new Place(place.id(), (ObjectLocation) place.location()))
            .toList();
  }

  /** Where the object is; 400 with the line's number if the key does not say so clearly. */
  @Nullable Key locate(@Nullable String text, long line) {
    if (!hasStorage) {
      if (text != null) {
        throw SampleLine.invalid(line, "a feature_based dataset has no objects: no object_key");
      }
      return null;
    }
    if (text == null) {
      throw SampleLine.invalid(line, "object_key is missing");
    }
    return theOne(text.startsWith(SCHEME) ? inBucket(text, line) : bare(text, line), text, line);
  }

  private static Key theOne(List<Key> found, String text, long line) {
    if (found.isEmpty()) {
      throw SampleLine.invalid(line, text + " is outside the dataset's locations");
    }
    if (found.size() > 1) {
      throw SampleLine.invalid(line, text + " fits several locations: write s3://BUCKET/KEY");
    }
    return found.getFirst();
  }

  private List<Key> inBucket(String uri, long line) {
    var parts = uri.substring(SCHEME.length()).split("/", 2);
    if (parts.length < 2) {
      throw SampleLine.invalid(line, "object_key must be a key or s3://BUCKET/KEY");
    }
    var keys = bare(parts[1], line);
    return keys.stream().filter(key -> key.bucket().equals(parts[0])).toList();
  }

  private List<Key> bare(String key, long line) {
    var problem = Segments.keyProblem(key);
    if (problem != null) {
      throw SampleLine.invalid(line, "invalid object_key: " + problem);
    }
    return places.stream()
        .filter(place -> place.location().contains(key))
        .map(place -> new Key(place.id(), place.location().bucket(), key))
        .toList();
  }

  private record Place(UUID id, ObjectLocation location) {}

  /** An object of the dataset. */
  record Key(UUID locationId, String bucket, String key) {}
}
