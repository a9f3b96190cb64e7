package io.purgeline.cli;

import java.time.DateTimeException;
import tools.jackson.core.JacksonException;

/** One sentence and an exit code for whatever ends a command. */
final class Failures {

  private Failures() {}

  static FailedException of(Exception e) {
    return switch (e) {
      case FailedException failure -> failure;
      case InterruptedException _ -> interrupted();
      case JacksonException answer -> strange(answer.getOriginalMessage());
      case DateTimeException answer -> strange(String.valueOf(answer.getMessage()));
      default ->
          new FailedException(
              ExitCode.FAULT, "This should not happen, please report it: %s.".formatted(e));
    };
  }

  static FailedException interrupted() {
    return new FailedException(ExitCode.INTERRUPTED, "Interrupted.");
  }

  /** Fields that are missing, or of another kind than Purgeline's. */
  private static FailedException strange(String why) {
    return new FailedException(
        ExitCode.UNREACHABLE,
        "What answers is not Purgeline, or of another version than this command: %s."
            .formatted(why));
  }
}
