package io.purgeline.location;

/** A text that is no location. The message is one sentence for the person who wrote it. */
public final class InvalidLocationException extends IllegalArgumentException {

  private final String problem;

  public InvalidLocationException(String uri, String problem) {
    super("Invalid location '" + uri + "': " + problem);
    this.problem = problem;
  }

  /** What is wrong, without the text itself. */
  public String problem() {
    return problem;
  }
}
