package io.purgeline.worker.directories.linux;

import java.util.stream.IntStream;

/**
 * Locks by file: two threads that unlink two links of one file at the same time would both see two
 * links before, and nobody would count its bytes.
 */
final class LinkLocks {

  private static final int STRIPES = 64;

  private final Object[] stripes =
      IntStream.range(0, STRIPES).mapToObj(stripe -> new Object()).toArray();

  Object of(Stat file) {
    return stripes[(int) Long.remainderUnsigned(file.inode(), STRIPES)];
  }
}
