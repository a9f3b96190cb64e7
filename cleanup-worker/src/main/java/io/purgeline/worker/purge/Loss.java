package io.purgeline.worker.purge;

/** How a task comes to nothing with nobody left who could say why. */
enum Loss {
  WORKER("WorkerLost", "its worker was lost"),
  MESSAGE("MessageGivenUp", "the broker gave its message up");

  private final String exception;
  private final String words;

  Loss(String exception, String words) {
    this.exception = exception;
    this.words = words;
  }

  /** What stands where other failures have the type of their exception. */
  String exception() {
    return exception;
  }

  String title() {
    return words + ", again and again";
  }

  /**
   * What happened.
   *
   * @param barrenClaims so many times in a row without any progress
   */
  String message(int barrenClaims) {
    return barrenClaims == 0
        ? words + ", after it had got on"
        : words + ": " + barrenClaims + " in a row without any progress";
  }
}
