package io.purgeline.worker.store;

import org.jspecify.annotations.Nullable;

/**
 * The store could not be asked, or its answer could not be trusted: refused or reset connections,
 * time-outs, 5xx answers, answers cut short, a missing bucket or mount, another identity than the
 * recorded one. Says nothing about any single object. What a call that ended like this has done is
 * unknown: list again before counting.
 */
public final class StoreUnavailableException extends RuntimeException {

  private final boolean throttled;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private StoreUnavailableException(String message, @Nullable Throwable cause, boolean throttled) {
    super(message, cause);
    this.throttled = throttled;
  }

  /**
   * The store asked for fewer requests at a time (503 SlowDown, 429), or did not answer in time.
   */
  public static StoreUnavailableException throttled(String message, @Nullable Throwable cause) {
    return new StoreUnavailableException(message, cause, true);
  }

  /** Whether asking for less at a time may help. */
  public boolean isThrottled() {
    return throttled;
  }
}
