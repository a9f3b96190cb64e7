package io.purgeline.worker.place;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.UUID;

/** Looks at directory roots and recognises them by the id in their marker file. */
final class Roots {

  private final PlaceIdentities identities;

  Roots(PlaceIdentities identities) {
    this.identities = identities;
  }

  /**
   * Makes sure that the root is the one it was. Only a root that was never seen before gets a
   * marker.
   *
   * @throws StoreUnavailableException if it is missing, or another one, or its marker is gone
   */
  DirectoryStore recognise(String name, DirectoryStore root) {
    var place = "dir://" + name;
    try {
      var identity = root.identity().orElseGet(() -> firstMark(place, root));
      identities.recognise(place, identity);
      root.expect(identity);
      return root;
    } catch (StoreUnavailableException e) {
      identities.problem(place, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /**
   * A root without a marker is new, or it is not there: an unmounted directory has none either.
   * Several workers may meet a new one at the same time; one of them marks it.
   */
  private String firstMark(String place, DirectoryStore root) {
    if (identities.recorded(place).isPresent()) {
      return root.identity() // again: another worker may have been here between the two looks
          .orElseThrow(() ->
              new StoreUnavailableException(
                  place + " has no marker file any more: is it mounted?", null));
    }
    var identity = UUID.randomUUID().toString();
    try {
      root.mark(identity);
      return identity;
    } catch (RefusedException refused) {
      return root.identity().orElseThrow(() -> refused); // the one of a worker that was faster
    }
  }
}
