package io.purgeline.worker.purge;

/** How one kind of place is emptied. */
interface Purge {

  /**
   * Works on the task until its place is verified empty or the slice is over.
   *
   * @throws LeaseLostException if the task went to somebody else meanwhile
   * @throws io.purgeline.worker.store.StoreUnavailableException if the place could not be asked
   * @throws io.purgeline.worker.store.RefusedException if the place as a whole may not be purged
   */
  Outcome purge(PurgeTask task, Slice slice);
}
