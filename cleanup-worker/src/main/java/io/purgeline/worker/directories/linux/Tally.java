package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import java.util.concurrent.atomic.LongAdder;

/** What was unlinked, in all; each thread reports through a page of its own. */
final class Tally {

  private static final int ENTRIES_PER_REPORT = 1000;

  private final UnlinkControl control;
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  Tally(UnlinkControl control) {
    this.control = control;
  }

  Page newPage() {
    return new Page();
  }

  TreeSize total() {
    return new TreeSize(entries.sum(), bytes.sum());
  }

  /** One thread's count since it last reported. */
  final class Page {

    private long newEntries;
    private long newBytes;

    void add(long freed) {
      newEntries++;
      newBytes += freed;
      if (newEntries == ENTRIES_PER_REPORT) {
        report();
      }
    }

    void report() {
      if (newEntries == 0) {
        return;
      }
      var since = new TreeSize(newEntries, newBytes);
      newEntries = 0;
      newBytes = 0;
      entries.add(since.entries());
      bytes.add(since.bytes());
      control.removed(since);
    }
  }
}
