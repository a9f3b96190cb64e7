package io.purgeline.gateway.catalogue;

import io.purgeline.location.ObjectLocation;
import io.purgeline.location.Segments;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings keys into their one normal form: a location of the dataset, and the key in its bucket. */
final class SampleKeys {

  private static final String SCHEME = "s3://";

  private final List<LocationRows.Held> places;

  SampleKeys(List<LocationRows.Held> places) {
    this.places = places;
  }

  /** Where the object is; 400 with the line's number if the key does not say so clearly. */
  @Nullable Key locate(@Nullable String text, long line) {
    if (places.isEmpty()) {
      if (text != null) {
        throw SampleLine.invalid(line, "this dataset has no locations, so no object_key either");
      }
      return null;
    }
    if (text == null) {
      throw SampleLine.invalid(line, "object_key is missing");
    }
    var found =
        text.startsWith(SCHEME)
            ? withBucket(text.substring(SCHEME.length()), line)
            : bare(text, line);
    if (found.isEmpty()) {
      throw SampleLine.invalid(line, text + " is outside the dataset's locations");
    }
    if (found.size() > 1) {
      throw SampleLine.invalid(line, text + " fits several locations: write s3://BUCKET/KEY");
    }
    return found.getFirst();
  }

  private List<Key> withBucket(String bucketAndKey, long line) {
    var slash = bucketAndKey.indexOf('/');
    if (slash < 0) {
      throw SampleLine.invalid(line, "object_key must be s3://BUCKET/KEY");
    }
    var bucket = bucketAndKey.substring(0, slash);
    return bare(bucketAndKey.substring(slash + 1), line).stream()
        .filter(key -> key.bucket().equals(bucket))
        .toList();
  }

  private List<Key> bare(String key, long line) {
    var problem = Segments.keyProblem(key);
    if (problem != null) {
      throw SampleLine.invalid(line, "invalid object_key: " + problem);
    }
    return places.stream()
        .filter(held -> held.location() instanceof ObjectLocation o && o.contains(key))
        .map(held -> new Key(held.id(), ((ObjectLocation) held.location()).bucket(), key))
        .toList();
  }

  /** An object of the dataset. */
  record Key(UUID locationId, String bucket, String key) {}
}
