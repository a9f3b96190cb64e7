package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.TreeSize;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Counts what a tree holds; a file with several links with the last one, if all are in the tree.
 * What may not be read is passed over: one such directory is no reason to keep all the others.
 */
final class TreeCounter implements TreeVisitor {

  private final BooleanSupplier stop;
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LinkCounts links = new LinkCounts();

  TreeCounter(BooleanSupplier stop) {
    this.stop = stop;
  }

  TreeSize counted() {
    return new TreeSize(entries.sum(), bytes.sum());
  }

  @Override
  public boolean stop() {
    return stop.getAsBoolean();
  }

  @Override
  public boolean entry(Directory directory, MemorySegment name) {
    int asked = Stat.askFile(directory.handle(), name);
    if (Errno.ENOENT.is(asked)) {
      return false;
    }
    if (asked < 0) {
      requireNoOutage(directory, name, -asked);
      entries.increment(); // of an unknown size
      return false;
    }
    var file = Stat.answered();
    if (file.isDirectory()) {
      return true;
    }
    entries.increment();
    if (file.links() == 1 || links.meetsLast(file)) {
      bytes.add(file.size());
    }
    return false;
  }

  @Override
  public void closed(Directory directory, MemorySegment name, int errno) {
    requireNoOutage(directory, name, errno);
  }

  @Override
  public boolean leave(Directory directory) {
    return false;
  }

  @Override
  public void done() {}

  private static void requireNoOutage(Directory directory, MemorySegment name, int errno) {
    if (Errno.isOutage(errno)) {
      throw Failures.unavailable(directory.pathOf(name), errno);
    }
  }
}
