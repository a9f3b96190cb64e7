package io.purgeline.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code where} clause of a list with filters. Only what was asked for is part of the
 * statement, so that each has the index it needs. The SQL is ours; values are always parameters.
 */
public final class Conditions {

  private final List<String> parts = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * Adds a condition, unless its value is null.
   *
   * @param sql a predicate with one parameter
   * @param name the parameter's name in it
   */
  public Conditions and(String sql, String name, @Nullable Object value) {
    if (value != null) {
      parts.add(sql);
      values.put(name, value);
    }
    return this;
  }

  /** The clause, empty if nothing was asked for. */
  public String where() {
    return parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
  }

  public Map<String, Object> values() {
    return values;
  }
}
