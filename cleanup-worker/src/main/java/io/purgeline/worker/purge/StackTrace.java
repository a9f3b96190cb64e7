package io.purgeline.worker.purge;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A stack trace as text, cut where nobody reads on. */
final class StackTrace {

  private static final int LONGEST = 20_000;

  private StackTrace() {}

  static String of(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    var trace = DeadLetters.text(text.toString());
    return trace.length() <= LONGEST ? trace : trace.substring(0, LONGEST);
  }
}
