package io.purgeline.worker.store;

/**
 * Purging this location as a whole was refused before anything was touched, or the store denied it
 * as a whole: a symbolic link where a directory was expected, a mount point inside, a denied
 * listing. The location is the item that failed.
 */
public final class RefusedException extends RuntimeException {

  private final ItemFailure failure;

  public RefusedException(ItemFailure failure) {
    super(failure.code() + ": " + failure.message() + " (" + failure.what() + ")");
    this.failure = failure;
  }

  public ItemFailure failure() {
    return failure;
  }
}
