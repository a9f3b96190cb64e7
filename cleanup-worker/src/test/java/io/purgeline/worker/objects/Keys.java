package io.purgeline.worker.objects;

import java.util.List;
import java.util.stream.Stream;

/** Names that clients and servers have been seen to spoil. */
final class Keys {

  private Keys() {}

  /** Those a batch carries. */
  private static final List<String> BATCHABLE =
      List.of(
          "a b",
          "a+b",
          "a%2Fb",
          "a%2520b",
          "a&amp;b",
          "<a>'\"",
          "]]>",
          "a\\b",
          "a?b=c#d",
          "a\u007f",
          "a\u0085b",
          "a\u2028b",
          "e\u0301",
          "\u00e9",
          "\uD83D\uDE00",
          "\uFFFD",
          " lead",
          "trail ");

  /** Those that spoil a whole batch, or name another key in it. */
  private static final List<String> ALONE =
      List.of("c\rd", "c\nd", "c\td", "c\u0001d", "c\u001fd", "c\uFFFEd", "c\uFFFFd", "c\r\nd");

  /** All of them under the prefix, and one of 1,024 bytes. */
  static List<String> unusual() {
    return Stream.of(BATCHABLE.stream(), ALONE.stream(), Stream.of(longest()))
        .flatMap(names -> names)
        .map(StoreUnderTest.PREFIX::concat)
        .toList();
  }

  /** Segments of at most 255 bytes, which is what a file system under the store takes. */
  private static String longest() {
    var segments = ("x".repeat(254) + "/").repeat(3);
    return segments + "y".repeat(1_024 - StoreUnderTest.PREFIX.length() - segments.length());
  }
}
