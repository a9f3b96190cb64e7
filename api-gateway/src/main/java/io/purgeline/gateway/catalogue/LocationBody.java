package io.purgeline.gateway.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.purgeline.location.Location;
import org.jspecify.annotations.Nullable;

/** A location in JSON: an object with its {@code uri}, or just the text. */
record LocationBody(@Nullable String uri) {

  static LocationBody of(Location location) {
    return new LocationBody(location.uri());
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static LocationBody ofObject(@JsonProperty("uri") @Nullable String uri) {
    return new LocationBody(uri);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LocationBody ofText(String uri) {
    return new LocationBody(uri);
  }
}
