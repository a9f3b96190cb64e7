package io.purgeline.location;

/**
 * Where a resource's bytes are. URIs are literal: nothing in them is ever decoded, and two
 * different texts are two different places. A location never denotes a whole bucket or a whole
 * root.
 */
public sealed interface Location permits ObjectLocation, DirectoryLocation {

  /**
   * The location as it is written: {@code s3://STORE/BUCKET/PREFIX/} or {@code
   * dir://ROOT/RELATIVE/PATH}.
   */
  String uri();

  /** The configured store or root it belongs to. */
  String store();

  /** The start of every key below it, ending in a slash; unique over all stores. */
  String spanStart();

  /** The first text, in byte order, behind every key below it. */
  default String spanEnd() {
    var start = spanStart();
    return start.substring(0, start.length() - 1) + '0'; // '0' follows '/'
  }

  /**
   * Reads a location.
   *
   * @throws InvalidLocationException if the text is not one
   */
  static Location parse(String uri) {
    if (uri.startsWith(ObjectLocation.SCHEME)) {
      return ObjectLocation.parse(uri);
    }
    if (uri.startsWith(DirectoryLocation.SCHEME)) {
      return DirectoryLocation.parse(uri);
    }
    throw new InvalidLocationException(uri, "it must start with s3:// or dir://");
  }
}
