package io.purgeline.gateway.http;

import java.nio.charset.StandardCharsets;

/**
 * What clients sent, as it may be written to JSON and to the database: never NUL or half a
 * character.
 */
final class PlainText {

  private PlainText() {}

  static String of(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\0', '?');
  }

  static String of(String text, int longest) {
    var plain = of(text);
    return plain.length() <= longest ? plain : of(plain.substring(0, longest));
  }
}
