package io.purgeline.worker.purge;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.testing.ForwardingDirectoryStore;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A real root; something happens each time a tree in it has been counted. */
final class WatchedRoot extends ForwardingDirectoryStore {

  private Runnable afterCount = () -> {};
  private int counts;

  WatchedRoot(DirectoryStore root) {
    super(root);
  }

  void afterCount(Runnable happening) {
    afterCount = happening;
  }

  /** How often it was counted to the end. */
  int counts() {
    return counts;
  }

  @Override
  public Optional<TreeSize> count(UUID task, BooleanSupplier stop) {
    var size = super.count(task, stop);
    if (size.isPresent()) {
      counts++;
      afterCount.run();
    }
    return size;
  }
}
