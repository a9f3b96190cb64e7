package io.purgeline.worker.purge;

import io.purgeline.location.Location;
import java.util.Optional;

/** Tells a place that is down from a call that fails. */
public interface Probe {

  /**
   * Asks whether the place answers as it should.
   *
   * @return what is wrong with it as a whole, empty if nothing is
   */
  Optional<OutOfReach> outage(Location location);
}
