package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What clients may call things, and how many they may name at once. */
final class Names {

  private static final int LONGEST = 255;
  private static final int MOST_IDS = 999;

  private Names() {}

  static String require(String field, @Nullable String name) {
    if (name == null || name.isBlank()) {
      throw ApiException.badRequest("Invalid " + field + ": it must not be empty");
    }
    if (name.codePointCount(0, name.length()) > LONGEST) {
      throw ApiException.badRequest("Invalid " + field + ": it must not exceed 255 characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.badRequest(
          "Invalid " + field + ": it must not contain control characters");
    }
    return name;
  }

  static String choice(String field, @Nullable String value, Collection<String> words) {
    if (value == null || !words.contains(value)) {
      throw ApiException.badRequest(
          "Invalid " + field + ": it must be one of " + String.join(", ", words));
    }
    return value;
  }

  static <T> Collection<T> fewEnough(String field, Collection<T> values) {
    if (values.size() > MOST_IDS) {
      throw ApiException.badRequest(
          "Invalid " + field + ": at most 999 in one request, not " + values.size());
    }
    return values;
  }
}
