package io.purgeline.worker.directories.linux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file name for people: printable UTF-8 as it is, every other byte and the backslash as {@code
 * \xNN}, so that no name breaks a line, hides itself or looks like another.
 */
final class DisplayName {

  private DisplayName() {}

  static String of(byte[] name) {
    var shown = new StringBuilder(name.length);
    for (int at = 0; at < name.length; ) {
      int length = printableLength(name, at);
      if (length > 0) {
        shown.append(new String(name, at, length, StandardCharsets.UTF_8));
      } else {
        shown.append("\\x%02x".formatted(name[at]));
      }
      at += Math.max(length, 1);
    }
    return shown.toString();
  }

  /** The bytes of the printable character that starts here; 0 where there is none. */
  private static int printableLength(byte[] name, int at) {
    int length = sequenceLength(name[at] & 0xff);
    if (length == 0 || at + length > name.length) {
      return 0;
    }
    var text = new String(name, at, length, StandardCharsets.UTF_8);
    boolean valid =
        text.codePointCount(0, text.length()) == 1
            && Arrays.equals(
                text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(name, at, at + length));
    return valid && isPrintable(text.codePointAt(0)) ? length : 0;
  }

  private static int sequenceLength(int first) {
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  private static boolean isPrintable(int character) {
    return character != '\\'
        && switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
