package io.purgeline.cli;

/** Ends the command with one sentence and an exit code. */
final class FailedException extends RuntimeException {

  private final int exitCode;

  FailedException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }

  /** Whether the same request may go well a little later. */
  boolean isUnreachable() {
    return exitCode == ExitCode.UNREACHABLE;
  }

  /** The same with a further sentence. */
  FailedException and(String sentence) {
    return new FailedException(exitCode, getMessage() + " " + sentence);
  }
}
