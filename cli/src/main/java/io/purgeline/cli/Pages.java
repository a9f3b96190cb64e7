package io.purgeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads lists, which the server gives page by page. */
final class Pages {

  private static final int LARGEST = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Api api;

  Pages(Api api) {
    this.api = api;
  }

  /**
   * The first items of a list.
   *
   * @param limit how many at most
   * @return as one page; {@code next_cursor} is there if the list goes on
   */
  ObjectNode read(String path, Map<String, String> filter, int limit) {
    var query = new LinkedHashMap<>(filter);
    var whole = JSON.createObjectNode();
    var items = whole.putArray("items");
    JsonNode page;
    do {
      query.put("limit", Integer.toString(Math.clamp(limit - items.size(), 1, LARGEST)));
      page = api.get(path + Api.query(query));
      page.path("items").forEach(items::add);
      query.put("cursor", Readable.text(page, "next_cursor"));
    } while (page.path("next_cursor").isString() && items.size() < limit);
    if (page.path("next_cursor").isString()) {
      whole.set("next_cursor", page.path("next_cursor"));
    }
    return whole;
  }

  /** Adds a parameter that was given. */
  static void put(Map<String, String> query, String name, @Nullable Object value) {
    if (value != null) {
      query.put(name, value.toString());
    }
  }
}
