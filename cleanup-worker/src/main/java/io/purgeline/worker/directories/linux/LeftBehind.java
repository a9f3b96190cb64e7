package io.purgeline.worker.directories.linux;

import io.purgeline.worker.store.ItemFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What could not be unlinked: the first failures by name, all of them by number. Thread-safe. */
final class LeftBehind {

  private static final int NAMED = 1000;

  private final List<ItemFailure> named = new ArrayList<>();
  private final Map<File, Linked> linked = new ConcurrentHashMap<>();
  private long entries;
  private long bytes;

  /** A directory, which is no entry of its own. */
  synchronized void directory(ItemFailure failure) {
    if (named.size() < NAMED) {
      named.add(failure);
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

  synchronized List<ItemFailure> failures() {
    return List.copyOf(named);
  }

  synchronized long entries() {
    return entries;
  }

  /** Files with links outside the tree would not have been freed, so they count nothing here. */
  synchronized long bytes() {
    return bytes + linked.values().stream().filter(Linked::isAllHere).mapToLong(Linked::size).sum();
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
