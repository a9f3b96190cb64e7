package io.purgeline.location;

/**
 * A directory below a configured root.
 *
 * @param store the name of the configured root
 * @param path its path relative to the root, without a slash at either end
 */
public record DirectoryLocation(String store, String path) implements Location {

  static final String SCHEME = "dir://";

  /** Names below a root that begin like this are Purgeline's own. */
  private static final String RESERVED = ".purgeline-";

  @Override
  public String uri() {
    return SCHEME + store + "/" + path;
  }

  @Override
  public String spanStart() {
    return uri() + "/";
  }

  static DirectoryLocation parse(String uri) {
    var parts = uri.substring(SCHEME.length()).split("/", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw new InvalidLocationException(
          uri, "it must be dir://ROOT/RELATIVE/PATH with a path that is not empty");
    }
    Segments.requireStore(uri, parts[0]);
    var path = parts[1].endsWith("/") ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
    Segments.requireSafe(uri, path);
    if (path.startsWith(RESERVED)) {
      throw new InvalidLocationException(
          uri, "names that start with '" + RESERVED + "' are reserved");
    }
    return new DirectoryLocation(parts[0], path);
  }
}
