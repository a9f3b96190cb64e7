package io.purgeline.gateway.catalogue;

import io.purgeline.database.Ids;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.QueryValues;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clients may call things, and how many they may name at once. */
final class Names {

  private static final int LONGEST = 255;
  private static final int MOST_IN_A_LIST = 999;

  /** What the API's description says of the id of something new. */
  static final String NEW_ID =
      "A UUID in lower case, as the default places of a dataset are named by it; made up if it is left out";

  private Names() {}

  /** The id that a client gives to something new, or one made up. */
  static UUID newId(@Nullable String id) {
    if (id == null) {
      return Ids.next();
    }
    var complaint = "Invalid id: it must be a UUID in lower case, as places are named by it";
    var known = QueryValues.uuid(id, complaint);
    if (!known.toString().equals(id)) {
      throw ApiException.badRequest(complaint);
    }
    return known;
  }

  static String require(String field, @Nullable String name) {
    if (name == null || name.isBlank()) {
      throw invalid(field, "it must not be empty");
    }
    return requireFit(field, name);
  }

  /** A text that may be empty, but is as short and clean as a name. */
  static String requireFit(String field, String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw invalid(field, "it must not exceed 255 characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(field, "it must not contain control characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw invalid(field, "it is not valid Unicode");
    }
    return text;
  }

  static String choice(String field, @Nullable String value, Collection<String> words) {
    if (value == null || !words.contains(value)) {
      throw invalid(field, "it must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** The same without repetitions and in order: neither changes what was meant. */
  static <T extends Comparable<? super T>> List<T> distinct(String field, List<T> values) {
    return fewEnough(field, values).stream().distinct().sorted(Comparator.naturalOrder()).toList();
  }

  static <T> List<T> fewEnough(String field, List<T> values) {
    if (values.size() > MOST_IN_A_LIST) {
      throw invalid(field, "at most 999 in one request, not " + values.size());
    }
    if (values.stream().anyMatch(Objects::isNull)) {
      throw invalid(field, "it must not contain null");
    }
    return values;
  }

  private static ApiException invalid(String field, String problem) {
    return ApiException.badRequest("Invalid " + field + ": " + problem);
  }
}
