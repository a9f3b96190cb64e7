package io.purgeline.cli;

/** What a script may rely on. */
final class ExitCode {

  /** Done as asked. */
  static final int DONE = 0;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** Some of it: something is left, or failed again. */
  static final int PARTLY = 3;

  /** Aborted, or refused by the server or by the person who was asked. */
  static final int REFUSED = 4;

  /** The server cannot be reached, or cannot answer. */
  static final int UNREACHABLE = 5;

  private ExitCode() {}
}
