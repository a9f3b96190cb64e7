package io.purgeline.worker.place;

import io.purgeline.location.Location;
import io.purgeline.messaging.WorkQueue;
import java.util.List;

/** The gates of everything this worker serves. */
public record Gates(List<StoreGate> all) {

  /** Looks whether the location's store or root as a whole is there. */
  boolean check(Location location) {
    var queue = WorkQueue.of(location);
    return all.stream().filter(gate -> gate.queue().equals(queue)).allMatch(StoreGate::check);
  }
}
