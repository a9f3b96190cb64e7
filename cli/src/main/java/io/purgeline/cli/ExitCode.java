package io.purgeline.cli;

/** What a script may rely on. */
final class ExitCode {

  /** Done as asked. */
  static final int DONE = 0;

  /** A fault of this program. */
  static final int FAULT = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** Some of it: something is left, or failed again. */
  static final int PARTLY = 3;

  /** Aborted, or refused by the server or by the person who was asked. */
  static final int REFUSED = 4;

  /** The server cannot be reached, or cannot answer, or is not Purgeline. */
  static final int UNREACHABLE = 5;

  /** Ctrl-C, as shells count it; what was begun goes on. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
