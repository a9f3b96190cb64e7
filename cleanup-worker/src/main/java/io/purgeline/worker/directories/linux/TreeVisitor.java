package io.purgeline.worker.directories.linux;

import java.lang.foreign.MemorySegment;

/** What one thread of a {@link TreeWalk} does with what it meets. Used by that thread only. */
interface TreeVisitor {

  /** Whether to end the whole walk now; asked before every entry. */
  boolean stop();

  /**
   * An entry that the listing does not call a directory, or that could not be opened as one.
   *
   * @return whether it turned out to be a directory, which the walk then goes into
   */
  boolean entry(Directory directory, MemorySegment name);

  /** A directory that could not be opened or listed. */
  void closed(Directory directory, MemorySegment name, int errno);

  /**
   * Everything in the directory was visited.
   *
   * @return whether it must be listed again
   */
  boolean leave(Directory directory);

  /** The thread is done. */
  void done();
}
