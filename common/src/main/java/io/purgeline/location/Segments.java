package io.purgeline.location;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the parts of a location or of an object key may look like. */
public final class Segments {

  private static final Pattern STORE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");
  private static final int LONGEST_KEY = 1_024;
  private static final int LONGEST_SEGMENT = 255;

  private Segments() {}

  /** Whether a store or root may be called so. */
  public static boolean isStore(String name) {
    return STORE.matcher(name).matches();
  }

  static void requireStore(String uri, String store) {
    if (!isStore(store)) {
      throw new InvalidLocationException(uri, "'" + store + "' is no name of a store or root");
    }
  }

  static void requireSafe(String uri, String path) {
    var problem = path.startsWith("/") ? "it must not be an absolute path" : problem(path);
    if (problem != null) {
      throw new InvalidLocationException(uri, problem);
    }
    for (var segment : path.split("/", -1)) {
      if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
        throw new InvalidLocationException(uri, "a segment is longer than 255 bytes");
      }
    }
  }

  /**
   * What is wrong with a location's path, null if nothing: beyond a key's rules, nothing that could
   * be decoded.
   */
  private static @Nullable String problem(String path) {
    if (path.indexOf('%') >= 0) {
      return "'%' is not allowed: locations are literal and never decoded";
    }
    if (path.indexOf('\\') >= 0) {
      return "a backslash is not allowed";
    }
    if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == 0xfffe || c == 0xffff)) {
      return "control characters are not allowed";
    }
    return keyProblem(path);
  }

  /**
   * What is wrong with an object key, null if nothing. A store may hold any legal name; what no key
   * may have is a segment that a store or a client would fold away, so that it names another object
   * than it says.
   */
  public static @Nullable String keyProblem(String key) {
    if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      return "it must have 1 to 1024 bytes";
    }
    if (key.indexOf('\0') >= 0) {
      return "a NUL is not allowed";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      return "it is not valid Unicode";
    }
    for (var segment : key.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return "empty, '.' and '..' segments are not allowed";
      }
    }
    return null;
  }
}
