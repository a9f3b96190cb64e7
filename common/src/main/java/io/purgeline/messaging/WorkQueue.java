package io.purgeline.messaging;

import io.purgeline.location.DirectoryLocation;
import io.purgeline.location.Location;
import io.purgeline.location.ObjectLocation;

/**
 * The queue of one store or root; its name is also the routing key. Every store has its own, so
 * that one that is down blocks no other and a worker serves just what it can reach.
 *
 * @param name the queue's name on the broker
 */
public record WorkQueue(String name) {

  /** Tasks that have rows to remove and no bytes anywhere; every worker serves it. */
  public static final WorkQueue RECORDS = new WorkQueue("purgeline.records");

  private static final String PREFIX = "purgeline.";
  private static final String LARGE = ".large";

  public static WorkQueue objects(String store) {
    return new WorkQueue("purgeline.objects." + store);
  }

  public static WorkQueue directories(String root) {
    return new WorkQueue("purgeline.directories." + root);
  }

  /** The queue that purges of this location go through. */
  public static WorkQueue of(Location location) {
    return switch (location) {
      case ObjectLocation objects -> objects(objects.store());
      case DirectoryLocation directory -> directories(directory.store());
    };
  }

  /**
   * The store, root or sort of tasks it is for, as metrics name it: {@code objects.STORE}, {@code
   * directories.ROOT} or {@code records}.
   */
  public String store() {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  /**
   * Its twin for the second slice of a purge and those after it, so that a giant one delays no
   * small one.
   */
  public WorkQueue large() {
    return new WorkQueue(name + LARGE);
  }
}
