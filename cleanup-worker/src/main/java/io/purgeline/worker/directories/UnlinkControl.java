package io.purgeline.worker.directories;

/** How the caller steers a running unlink. Called from several threads. */
public interface UnlinkControl {

  /** Whether to stop as soon as possible; asked before every entry, so it must be cheap. */
  boolean stop();

  /**
   * Told what was unlinked since the last call, at least every thousand entries per thread, after
   * it was confirmed.
   */
  void removed(TreeSize since);
}
