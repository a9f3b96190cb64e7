package io.purgeline.worker.place;

import io.purgeline.location.Location;
import io.purgeline.messaging.WorkQueue;
import java.util.List;

/** The gates of everything this worker serves. */
public record Gates(List<StoreGate> all) {

  void check(Location location) {
    var queue = WorkQueue.of(location);
    all.stream().filter(gate -> gate.queue().equals(queue)).forEach(StoreGate::check);
  }
}
