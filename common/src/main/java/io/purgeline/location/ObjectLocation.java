package io.purgeline.location;

import java.util.regex.Pattern;

/**
 * A prefix in a bucket.
 *
 * @param store the name of the configured store
 * @param bucket the bucket
 * @param prefix the prefix, ending in a slash
 */
public record ObjectLocation(String store, String bucket, String prefix) implements Location {

  static final String SCHEME = "s3://";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  @Override
  public String uri() {
    return SCHEME + store + "/" + bucket + "/" + prefix;
  }

  @Override
  public String spanStart() {
    return uri();
  }

  /** Whether an object of this bucket lies below this location. */
  public boolean contains(String key) {
    return key.startsWith(prefix) && key.length() > prefix.length();
  }

  /** Whether a bucket may be called so. */
  public static boolean isBucket(String name) {
    return BUCKET.matcher(name).matches();
  }

  static ObjectLocation parse(String uri) {
    var parts = uri.substring(SCHEME.length()).split("/", 3);
    if (parts.length < 3 || parts[2].isEmpty()) {
      throw new InvalidLocationException(
          uri, "it must be s3://STORE/BUCKET/PREFIX/ with a prefix that is not empty");
    }
    Segments.requireStore(uri, parts[0]);
    if (!isBucket(parts[1])) {
      throw new InvalidLocationException(uri, "'" + parts[1] + "' is no bucket name");
    }
    if (!parts[2].endsWith("/")) {
      throw new InvalidLocationException(uri, "the prefix must end with a slash");
    }
    Segments.requireSafe(uri, parts[2].substring(0, parts[2].length() - 1));
    return new ObjectLocation(parts[0], parts[1], parts[2]);
  }
}
