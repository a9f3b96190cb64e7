package io.purgeline.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place a page ended at, opaque to clients. */
public final class Cursor {

  private Cursor() {}

  static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The sort key a cursor stands for.
   *
   * @throws ApiException 400 if it is none of ours
   */
  public static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("Invalid cursor");
    }
  }
}
