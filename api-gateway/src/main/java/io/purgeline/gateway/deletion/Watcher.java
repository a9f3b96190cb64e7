package io.purgeline.gateway.deletion;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who follows a deletion. Called by one thread, which it must not hold up. */
interface Watcher {

  UUID deletionId();

  /**
   * Looks at where the deletion stands.
   *
   * @param seen null if it could not be read this time
   * @return whether that was enough, so that it need not be called again
   */
  boolean look(@Nullable Sighting seen);

  /** This process stops: whoever waits has to be answered now. */
  void end();
}
