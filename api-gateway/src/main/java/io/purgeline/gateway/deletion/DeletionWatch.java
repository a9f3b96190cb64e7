package io.purgeline.gateway.deletion;

import io.purgeline.gateway.watch.Watch;
import org.springframework.stereotype.Component;

/** Looks after the deletions that somebody waits for. */
@Component
final class DeletionWatch extends Watch {

  DeletionWatch(Sightings sightings) {
    super("deletion-watch", sightings::of);
  }
}
