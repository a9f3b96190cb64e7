package io.purgeline.worker.purge;

import io.purgeline.location.DirectoryLocation;
import io.purgeline.location.ObjectLocation;
import java.util.Optional;

/** Chooses by the kind of location. */
record PurgesByKind(Purge objects, Purge directories, Purge records, Probe probe)
    implements Purges {

  @Override
  public Purge of(PurgeTask task) {
    return switch (task.location()) {
      case ObjectLocation _ -> objects;
      case DirectoryLocation _ -> directories;
      case null -> records;
    };
  }

  @Override
  public Optional<OutOfReach> outage(PurgeTask task) {
    var location = task.location();
    return location == null ? Optional.empty() : probe.outage(location);
  }
}
