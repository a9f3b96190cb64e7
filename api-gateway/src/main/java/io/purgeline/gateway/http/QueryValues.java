package io.purgeline.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of query parameters; what does not fit is a 400 that names the parameter. */
public final class QueryValues {

  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private QueryValues() {}

  /** Any text that can be kept; null if there is none. */
  public static @Nullable String text(String name, @Nullable String value) {
    if (value != null && value.indexOf('\0') >= 0) {
      throw invalid(name, "it must not contain a NUL");
    }
    return value;
  }

  /** One of the given words; null if there is none. */
  public static @Nullable String choice(
      String name, @Nullable String value, Collection<String> words) {
    if (value != null && !words.contains(value)) {
      throw invalid(name, "it must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** The name of a constant of the given type; null if there is none. */
  public static <E extends Enum<E>> @Nullable String choice(
      String name, @Nullable String value, Class<E> type) {
    return choice(
        name,
        value,
        Arrays.stream(type.getEnumConstants()).map(constant -> constant.name()).toList());
  }

  /** A time with its offset; null if there is none. */
  public static @Nullable OffsetDateTime time(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      var time = Instant.parse(value).atOffset(ZoneOffset.UTC);
      if (time.getYear() >= 1 && time.getYear() <= 9999) {
        return time;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw invalid(name, "it must be a time such as 2026-01-31T12:00:00Z");
  }

  /** {@code true} or {@code false} and nothing else: a slip of the pen must not delete more. */
  public static boolean flag(String name, @Nullable String value) {
    return "true".equals(choice(name, value, List.of("true", "false")));
  }

  /** A UUID in its usual form. */
  public static UUID uuid(String value, String complaint) {
    if (!isUuid(value)) {
      throw ApiException.badRequest(complaint);
    }
    return UUID.fromString(value);
  }

  /** Whether a text is a UUID in its usual form, with all its digits. */
  static boolean isUuid(String value) {
    return UUID_TEXT.matcher(value).matches();
  }

  /** The id of whatever it is, as it is kept, see {@link #asKept}; null if there is none. */
  public static @Nullable String id(String name, @Nullable String value) {
    var text = text(name, value);
    return text == null ? null : asKept(text);
  }

  /** The text under which an id is kept: that of a UUID is in lower case, any other as it is. */
  public static String asKept(String id) {
    return isUuid(id) ? UUID.fromString(id).toString() : id;
  }

  /** A UUID that a filter asks for; null if there is none. */
  public static @Nullable UUID uuidOrNull(String name, @Nullable String value) {
    return value == null ? null : uuid(value, "Invalid " + name + ": it must be a UUID");
  }

  /** The place after which a list that is sorted by UUID goes on; null for its start. */
  public static @Nullable UUID uuidCursor(@Nullable String cursor) {
    return cursor == null ? null : uuid(Cursor.decode(cursor), "Invalid cursor");
  }

  /** The place after which a list that is sorted by number goes on; null for its start. */
  public static @Nullable Long numberCursor(@Nullable String cursor) {
    try {
      return cursor == null ? null : Long.valueOf(Cursor.decode(cursor));
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("Invalid cursor");
    }
  }

  /** The place after which a list that is sorted by text goes on; null for its start. */
  public static @Nullable String textCursor(@Nullable String cursor) {
    return cursor == null ? null : text("cursor", Cursor.decode(cursor));
  }

  private static ApiException invalid(String name, String problem) {
    return ApiException.badRequest("Invalid " + name + ": " + problem);
  }
}
