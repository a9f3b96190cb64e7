package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.TreeSize;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a tree holds; a file with several links with the last one, if all are in the tree.
 */
final class TreeCounter implements TreeVisitor {

  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LinkCounts links = new LinkCounts();

  TreeSize counted() {
    return new TreeSize(entries.sum(), bytes.sum());
  }

  @Override
  public boolean stop() {
    return false;
  }

  @Override
  public boolean entry(Directory directory, MemorySegment name) {
    int asked = Stat.askFile(directory.handle(), name);
    if (Errno.ENOENT.is(asked)) {
      return false;
    }
    if (asked < 0) {
      throw Failures.of(directory.pathOf(name), -asked);
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
    throw Failures.of(directory.pathOf(name), errno);
  }

  @Override
  public boolean leave(Directory directory) {
    return false;
  }

  @Override
  public void done() {}
}
