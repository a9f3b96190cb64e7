package io.purgeline.messaging;

import org.jspecify.annotations.Nullable;

/** A message nobody can act on. It is kept as a dead letter and never purges anything. */
public final class UnreadableMessageException extends Exception {

  public UnreadableMessageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
