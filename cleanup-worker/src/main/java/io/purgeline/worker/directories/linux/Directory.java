package io.purgeline.worker.directories.linux;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open directory of a tree that is being walked. It stays open until its own listings and all
 * its children are finished, because they are removed through its handle.
 */
final class Directory {

  private final @Nullable Directory parent;
  private final byte[] name;
  private final Handle handle;
  private final int depth;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile boolean keepsSomething;
  private int rounds;

  private Directory(@Nullable Directory parent, byte[] name, Handle handle, int depth) {
    this.parent = parent;
    this.name = name;
    this.handle = handle;
    this.depth = depth;
  }

  /** The directory above the tree; the walk neither lists nor closes it. */
  static Directory above(byte[] name, Handle handle) {
    return new Directory(null, name, handle, -1);
  }

  /** A child, which its parent waits for. */
  Directory child(byte[] childName, Handle childHandle) {
    retain();
    return new Directory(this, childName, childHandle, depth + 1);
  }

  @Nullable Directory parent() {
    return parent;
  }

  byte[] name() {
    return name;
  }

  Handle handle() {
    return handle;
  }

  /** 0 for the top of the tree. */
  int depth() {
    return depth;
  }

  void retain() {
    users.incrementAndGet();
  }

  /** One listing or child is finished; whether it was the last one. */
  boolean release() {
    return users.decrementAndGet() == 0;
  }

  /** Starts again from the first entry. */
  void rewind() {
    users.set(1);
    Libc.rewind(handle.fd());
  }

  /** Counts how often it was looked at again. Asked by one thread at a time. */
  int nextRound() {
    return ++rounds;
  }

  /** Something below could not be removed, so neither can this nor what is above it. */
  void keep() {
    for (var each = this; each != null && !each.keepsSomething; each = each.parent) {
      each.keepsSomething = true;
    }
  }

  boolean keepsSomething() {
    return keepsSomething;
  }

  /** The path of an entry relative to the root, for display. */
  String pathOf(MemorySegment entry) {
    return path() + "/" + DisplayName.of(DirectoryEntries.bytes(entry));
  }

  /** Its path relative to the root, for display. */
  String path() {
    var path = new StringBuilder(DisplayName.of(name));
    for (var each = parent; each != null; each = each.parent) {
      path.insert(0, DisplayName.of(each.name) + "/");
    }
    return path.toString();
  }
}
