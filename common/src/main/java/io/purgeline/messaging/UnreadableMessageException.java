package io.purgeline.messaging;

import org.jspecify.annotations.Nullable;

/** A message nobody can act on. It is kept as a dead letter and never purges anything. */
public final class UnreadableMessageException extends Exception {

  private static final int LONGEST_DETAIL = 200;

  private final String trouble;

  /**
   * A message that cannot be read.
   *
   * @param trouble the kind of trouble, one of a few; nothing that the sender wrote
   * @param detail what was met instead, if that is worth telling
   */
  UnreadableMessageException(String trouble, @Nullable String detail) {
    super(detail == null ? trouble : trouble + ": " + cut(detail));
    this.trouble = trouble;
  }

  /** The kind of trouble: the same for all messages that are wrong in the same way. */
  public String trouble() {
    return trouble;
  }

  private static String cut(String detail) {
    return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
  }
}
