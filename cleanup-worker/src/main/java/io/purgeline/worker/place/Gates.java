package io.purgeline.worker.place;

import io.purgeline.messaging.WorkQueue;
import java.util.List;
import java.util.stream.Stream;

/** The gates of everything this worker serves. */
public record Gates(List<StoreGate> all) {

  /** Looks whether the store or root as a whole is there. */
  boolean check(WorkQueue queue) {
    return of(queue).allMatch(StoreGate::check);
  }

  /** Whether the store or root is up, as far as is known. */
  boolean isUp(WorkQueue queue) {
    return of(queue).allMatch(StoreGate::isUp);
  }

  private Stream<StoreGate> of(WorkQueue queue) {
    return all.stream().filter(gate -> gate.queue().equals(queue));
  }
}
