package io.purgeline.worker.purge;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a message says without what differs from one purge to the next. Takes time in proportion to
 * the length of the message, which is a stranger's.
 */
final class Wording {

  /** Longer than the longest key or path, so that none is cut in its middle. */
  private static final int LONGEST_MESSAGE = 10_000;

  private static final int LONGEST = 300;

  /** In this order; each begins only where a word does, so that no letter is looked at twice. */
  private static final List<Variable> VARIABLES =
      List.of(
          new Variable("(?:s3|dir)://\\S++", "<location>"),
          new Variable("\"[^\"]*+\"", "<text>"),
          new Variable("(?<![\\p{L}\\p{N}])'[^']*+'(?![\\p{L}\\p{N}])", "<text>"),
          new Variable("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "<id>"),
          new Variable("\\btrain_\\p{XDigit}{8,64}\\b", "<id>"),
          new Variable("(?<![^\\s:,;'\"()<>])[^\\s:,;'\"()<>/]*+/[^\\s:,;'\"()<>]*+", "<path>"),
          new Variable("\\b(?=\\p{Alpha}*+\\d)\\p{XDigit}{8,}+\\b", "<id>"),
          new Variable("\\d++", "<n>"));

  private Wording() {}

  static String of(String message) {
    var text = cut(message, LONGEST_MESSAGE);
    for (var variable : VARIABLES) {
      text = variable.pattern().matcher(text).replaceAll(variable.name());
    }
    return cut(text.strip());
  }

  /** As much of it as a person reads. */
  static String cut(String text) {
    return cut(text, LONGEST);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  /** What differs between messages of one cause, and the word that stands for it. */
  private record Variable(Pattern pattern, String name) {

    Variable(String regex, String name) {
      this(Pattern.compile(regex), name);
    }
  }
}
