package io.purgeline.gateway.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** A location in JSON: an object with its {@code uri}, or just the text. */
record LocationBody(@Nullable String uri) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LocationBody ofText(String uri) {
    return new LocationBody(uri);
  }
}
