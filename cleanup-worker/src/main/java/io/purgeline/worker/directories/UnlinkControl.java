package io.purgeline.worker.directories;

import io.purgeline.worker.store.ItemFailure;
import java.util.List;

/** How the caller steers a running unlink. Called from several threads. */
public interface UnlinkControl {

  /** Whether to stop as soon as possible; asked before every entry, so it must be cheap. */
  boolean stop();

  /**
   * Told what was unlinked since the last call, at least every thousand entries per thread, after
   * it was confirmed.
   */
  void removed(TreeSize since);

  /**
   * Told every path that could not be unlinked, at most a thousand at a time. Directories that
   * could not be read or removed are among them. A path may be told twice.
   */
  void failed(List<ItemFailure> page);
}
