package io.purgeline.gateway.http;

import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads an id in the form in which ids are written everywhere else. Jackson's own reader also takes
 * Base64, and an empty text for none at all.
 */
final class PlainUuid extends StdScalarDeserializer<UUID> {

  PlainUuid() {
    super(UUID.class);
  }

  @Override
  public UUID deserialize(JsonParser parser, DeserializationContext context) {
    var text = parser.getValueAsString("");
    if (!QueryValues.isUuid(text)) {
      throw context.weirdStringException(text, UUID.class, "it must be a UUID");
    }
    return UUID.fromString(text);
  }
}
