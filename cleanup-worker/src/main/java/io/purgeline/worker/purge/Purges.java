package io.purgeline.worker.purge;

import java.util.Optional;

/** The places this worker can empty. */
interface Purges {

  /**
   * How the task's place is emptied.
   *
   * @throws io.purgeline.worker.store.StoreUnavailableException if this worker does not know the
   *     place
   */
  Purge of(PurgeTask task);

  /**
   * Asks the task's place whether it is there, after a call to it failed.
   *
   * @return what is wrong with the place as a whole, empty if it answers as it should
   */
  Optional<OutOfReach> outage(PurgeTask task);
}
