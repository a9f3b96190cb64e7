package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.store.ItemFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What could not be unlinked: handed on by name, page by page, and kept by number. Thread-safe. */
final class LeftBehind {

  private static final int PAGE = 1000;

  private final UnlinkControl control;
  private final List<ItemFailure> page = new ArrayList<>();
  private final Map<File, Linked> linked = new ConcurrentHashMap<>();
  private long failures;
  private long entries;
  private long bytes;

  LeftBehind(UnlinkControl control) {
    this.control = control;
  }

  /** A directory, which is no entry of its own. */
  synchronized void directory(ItemFailure failure) {
    page.add(failure);
    failures++;
    if (page.size() == PAGE) {
      report();
    }
  }

  /** An entry whose size is not known. */
  synchronized void unknown(ItemFailure failure) {
    directory(failure);
    entries++;
  }

  /** An entry; callers hold its {@link LinkLocks lock} if it has several links. */
  synchronized void file(ItemFailure failure, Stat file) {
    unknown(failure);
    if (file.links() == 1) {
      bytes += file.size();
    } else {
      linked.merge(File.of(file), new Linked(1, file.links(), file.size()), Linked::and);
    }
  }

  /** A link was unlinked; another one of the same file may have failed before. */
  void unlinkedLink(Stat file) {
    linked.computeIfPresent(File.of(file), (key, known) -> known.withLinks(file.links() - 1));
  }

  /** Hands on what was not handed on yet. */
  synchronized void report() {
    if (!page.isEmpty()) {
      control.failed(List.copyOf(page));
      page.clear();
    }
  }

  synchronized long failures() {
    return failures;
  }

  /** Files with links outside the tree would not have been freed, so their bytes do not count. */
  synchronized TreeSize entries() {
    var ofLinked = linked.values().stream().filter(Linked::isAllHere).mapToLong(Linked::size);
    return new TreeSize(entries, bytes + ofLinked.sum());
  }

  private record File(long device, long inode) {
    static File of(Stat file) {
      return new File(file.device(), file.inode());
    }
  }

  private record Linked(int failed, int links, long size) {
    Linked and(Linked next) {
      return new Linked(failed + next.failed, next.links, next.size);
    }

    Linked withLinks(int now) {
      return new Linked(failed, now, size);
    }

    boolean isAllHere() {
      return failed >= links;
    }
  }
}
