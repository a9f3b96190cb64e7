package io.purgeline.location;

import java.util.UUID;

/** Where canaries live: below one folder of a bucket or root that no resource may have. */
public final class CanaryPlace {

  /** The folder's name. */
  public static final String FOLDER = "purgeline-canary";

  private CanaryPlace() {}

  public static Location inBucket(String store, String bucket, UUID id) {
    return new ObjectLocation(store, bucket, FOLDER + "/" + id + "/");
  }

  public static Location inRoot(String root, UUID id) {
    return new DirectoryLocation(root, FOLDER + "/" + id);
  }

  /** Whether the location is the folder or lies in it. */
  public static boolean contains(Location location) {
    var path =
        switch (location) {
          case ObjectLocation objects -> objects.prefix();
          case DirectoryLocation directory -> directory.path() + "/";
        };
    return path.startsWith(FOLDER + "/");
  }
}
