package io.purgeline.worker.directories.linux;

import java.util.HashMap;
import java.util.Map;

/**
 * How many links of each file with several links were met. Thread-safe. Holds at most 36 bytes for
 * each such file, and nothing for files with one link: a tree of a million of them needs 36 MB.
 */
final class LinkCounts {

  private final Map<Long, Table> byDevice = new HashMap<>();

  /** Counts one link more; whether all links that the file has were met now. */
  synchronized boolean meetsLast(Stat file) {
    var table = byDevice.computeIfAbsent(file.device(), device -> new Table());
    return table.increment(file.inode()) == file.links();
  }

  /** Open addressing with linear probing, at most two thirds full; a count of 0 is a free slot. */
  private static final class Table {

    private long[] inodes = new long[64];
    private int[] counts = new int[64];
    private int used;

    int increment(long inode) {
      int slot = slotOf(inode);
      if (counts[slot] == 0) {
        if (used * 3L >= inodes.length * 2L) {
          grow();
          slot = slotOf(inode);
        }
        used++;
        inodes[slot] = inode;
      }
      return ++counts[slot];
    }

    private int slotOf(long inode) {
      int mask = inodes.length - 1;
      long mixed = inode * 0x9E3779B97F4A7C15L;
      int slot = (int) (mixed >>> 32) & mask;
      while (counts[slot] != 0 && inodes[slot] != inode) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private void grow() {
      var oldInodes = inodes;
      var oldCounts = counts;
      inodes = new long[oldInodes.length * 2];
      counts = new int[oldCounts.length * 2];
      for (int i = 0; i < oldCounts.length; i++) {
        if (oldCounts[i] != 0) {
          int slot = slotOf(oldInodes[i]);
          inodes[slot] = oldInodes[i];
          counts[slot] = oldCounts[i];
        }
      }
    }
  }
}
