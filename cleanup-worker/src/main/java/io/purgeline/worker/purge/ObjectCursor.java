package io.purgeline.worker.purge;

import io.purgeline.worker.objects.Position;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in a listing, as the task keeps it: without the store's token, which need not outlive a
 * restart.
 */
final class ObjectCursor {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ObjectCursor() {}

  static String write(Position position) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("key", position.key());
    json.put("version", position.versionId());
    return JSON.writeValueAsString(json);
  }

  /** The place; null for the start. */
  static @Nullable Position read(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    var json = JSON.readTree(cursor);
    var version = json.path("version");
    return new Position(
        json.path("key").stringValue(), version.isString() ? version.stringValue() : null, null);
  }
}
