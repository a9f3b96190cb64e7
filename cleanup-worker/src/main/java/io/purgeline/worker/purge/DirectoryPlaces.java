package io.purgeline.worker.purge;

import io.purgeline.location.DirectoryLocation;
import io.purgeline.worker.directories.DirectoryStore;

/** The directory roots this worker has mounted. */
public interface DirectoryPlaces {

  /**
   * A root that was recognised as the one it was.
   *
   * @throws io.purgeline.worker.store.StoreUnavailableException if the root is missing or another
   *     one
   */
  DirectoryStore open(DirectoryLocation location);
}
