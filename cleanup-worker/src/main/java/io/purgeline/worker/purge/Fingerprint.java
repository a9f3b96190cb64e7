package io.purgeline.worker.purge;

import io.purgeline.worker.purge.Outcome.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What failures have in common that have the same cause: the type of the exception, the first of
 * our own frames, and the message without what differs from one purge to the next.
 *
 * @param group 16 hex digits
 * @param title what a person reads: the message with its variable parts taken out
 */
record Fingerprint(String group, String title) {

  private static final int LONGEST = 300;
  private static final String OURS = "io.purgeline.";

  private static final Pattern FRAME =
      Pattern.compile("^\\s*at (?:[^/\\s]+/+)*(" + Pattern.quote(OURS) + "[^(\\s]+)\\(");

  private static final List<Variable> VARIABLES =
      List.of(
          new Variable("(?:s3|dir)://\\S+", "<location>"),
          new Variable("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "<id>"),
          new Variable("\\btrain_\\p{XDigit}{8,64}\\b", "<id>"),
          new Variable("[^\\s:,;'\"()<>]*/[^\\s:,;'\"()<>]*", "<path>"),
          new Variable("\\b(?=\\p{XDigit}*\\d)\\p{XDigit}{8,}\\b", "<id>"),
          new Variable("\\d+", "<n>"));

  /**
   * The fingerprint of a failure.
   *
   * @param codes what the store said of each key or path that failed, if that was it: they, and not
   *     the names of the keys, are then the cause
   */
  static Fingerprint of(Cause cause, List<String> codes) {
    var what = codes.isEmpty() ? normalised(cause.message()) : String.join(", ", codes);
    var frame = codes.isEmpty() ? firstOwnFrame(cause.stack()) : "";
    var title = codes.isEmpty() ? simpleName(cause.exception()) + ": " + what : what;
    return new Fingerprint(digest(cause.exception() + "\n" + frame + "\n" + what), cut(title));
  }

  private static String firstOwnFrame(@Nullable String stack) {
    if (stack == null) {
      return "";
    }
    return stack
        .lines()
        .map(FRAME::matcher)
        .filter(frame -> frame.find())
        .map(frame -> frame.group(1))
        .findFirst()
        .orElse("");
  }

  static String normalised(String message) {
    var text = message;
    for (var variable : VARIABLES) {
      text = variable.pattern().matcher(text).replaceAll(variable.name());
    }
    return cut(text.strip());
  }

  private static String simpleName(String exception) {
    return exception.substring(exception.lastIndexOf('.') + 1);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static String digest(String text) {
    try {
      var sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(sum, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What differs between messages of one cause, and the word that stands for it. */
  private record Variable(Pattern pattern, String name) {

    Variable(String regex, String name) {
      this(Pattern.compile(regex), name);
    }
  }
}
