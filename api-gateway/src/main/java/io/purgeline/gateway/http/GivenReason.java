package io.purgeline.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Why a client says it asks for something: the parameter {@code reason}, else the header. */
public final class GivenReason {

  /** The header a reason may come in, besides the parameter. */
  static final String HEADER = "X-Purgeline-Reason";

  private static final int LONGEST = 1_000;

  private GivenReason() {}

  /**
   * That of the request which is being answered; null without one, or where there is no request.
   */
  public static @Nullable String ofThisRequest() {
    return CurrentRequest.find().map(GivenReason::of).orElse(null);
  }

  /** In a form that can be kept, also where the request is refused for it; null without one. */
  static @Nullable String of(HttpServletRequest request) {
    var given = of(request, parameter(request));
    return given == null ? null : plain(given);
  }

  /** In the client's own words: the parameter, else the header; null where that is empty. */
  public static @Nullable String of(HttpServletRequest request, @Nullable String parameter) {
    var given = parameter != null ? parameter : header(request);
    return given == null || given.isBlank() ? null : given;
  }

  /**
   * The container reads a byte as a character (ISO-8859-1), most clients send UTF-8. What is valid
   * UTF-8 is hardly ever anything else.
   */
  private static @Nullable String header(HttpServletRequest request) {
    var bytes = request.getHeader(HEADER);
    if (bytes == null) {
      return null;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      return bytes;
    }
  }

  static String plain(String reason) {
    return PlainText.of(reason, LONGEST);
  }

  private static @Nullable String parameter(HttpServletRequest request) {
    try {
      return request.getParameter("reason");
    } catch (IllegalStateException e) {
      return null; // a query that cannot be read, which may be why it is refused
    }
  }
}
