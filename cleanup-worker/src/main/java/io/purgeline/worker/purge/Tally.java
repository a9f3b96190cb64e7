package io.purgeline.worker.purge;

/** A number of objects (or files) and their bytes. */
record Tally(long objects, long bytes) {

  static final Tally NONE = new Tally(0, 0);

  Tally plus(long size) {
    return new Tally(objects + 1, bytes + size);
  }

  boolean isNone() {
    return objects == 0 && bytes == 0;
  }
}
