package io.purgeline.worker.objects;

/**
 * A bucket as it was found.
 *
 * @param name its name
 * @param identity what tells this bucket from another one made later under the same name (its
 *     creation time), {@link #UNKNOWN} if the store does not tell
 * @param versioned whether it keeps, or has ever kept, versions: then only removals that name the
 *     version free bytes
 * @param locked whether objects in it may be under retention or legal hold
 * @param prefixRemoval whether a prefix may be removed in one step: the operator allows it, and
 *     nothing in the bucket would be passed over
 */
public record Bucket(
    String name, String identity, boolean versioned, boolean locked, boolean prefixRemoval) {

  /** The identity of every bucket that cannot be told from another one. */
  public static final String UNKNOWN = "unknown";

  /** Whether its objects are named, and removed one by one, as those of the other. */
  public boolean isNamedLike(Bucket other) {
    return identity.equals(other.identity)
        && versioned == other.versioned
        && locked == other.locked;
  }

  /** Whether it can be told from another one. */
  public boolean isIdentified() {
    return !identity.equals(UNKNOWN);
  }
}
