package io.purgeline.gateway.watch;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who follows one thing. Called by one thread, which it must not hold up. */
public interface Watcher {

  /** What is followed. */
  UUID id();

  /**
   * Looks at how it stands.
   *
   * @param seen null if it could not be read this time
   * @return whether that was enough, so that it need not be called again
   */
  boolean look(@Nullable Seen seen);

  /** This process stops: whoever waits has to be answered now. */
  void end();
}
