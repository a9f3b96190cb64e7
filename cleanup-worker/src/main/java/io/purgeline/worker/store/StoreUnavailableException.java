package io.purgeline.worker.store;

import org.jspecify.annotations.Nullable;

/**
 * The store could not be asked, or its answer could not be trusted: refused or reset connections,
 * time-outs, 5xx answers, answers cut short, a missing bucket or mount, another identity than the
 * recorded one. Says nothing about any single object. What a call that ended like this has done is
 * unknown: list again before counting.
 */
public final class StoreUnavailableException extends RuntimeException {

  private final Kind kind;
  private final @Nullable String code;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, Kind.UNKNOWN, null);
  }

  private StoreUnavailableException(
      String message, @Nullable Throwable cause, Kind kind, @Nullable String code) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  /** The store's own answer, with its code, says that the call failed. */
  public static StoreUnavailableException answered(
      String message, String code, @Nullable Throwable cause) {
    return new StoreUnavailableException(message, cause, Kind.UNKNOWN, code);
  }

  /** The store asked for fewer requests at a time (503 SlowDown, 429). */
  public static StoreUnavailableException throttled(String message, @Nullable Throwable cause) {
    return new StoreUnavailableException(message, cause, Kind.THROTTLED, null);
  }

  /** The store did not answer in time. */
  public static StoreUnavailableException late(String message, @Nullable Throwable cause) {
    return new StoreUnavailableException(message, cause, Kind.LATE, null);
  }

  /** An error of a device or a network, which the next call may not meet any more. */
  public static StoreUnavailableException passing(String message) {
    return new StoreUnavailableException(message, null, Kind.PASSING, null);
  }

  /** The code of the store's own answer; null if it gave none, or asked for less. */
  public @Nullable String code() {
    return code;
  }

  /** Whether asking for less at a time may help. */
  public boolean isThrottled() {
    return kind == Kind.THROTTLED || kind == Kind.LATE;
  }

  /** Whether the store itself said so: then what it was asked for is not to blame. */
  public boolean asksForLess() {
    return kind == Kind.THROTTLED;
  }

  /** Whether it is of the kind that asking again at once may help against. */
  public boolean isPassing() {
    return kind != Kind.UNKNOWN;
  }

  private enum Kind {
    UNKNOWN,
    THROTTLED,
    LATE,
    PASSING
  }
}
