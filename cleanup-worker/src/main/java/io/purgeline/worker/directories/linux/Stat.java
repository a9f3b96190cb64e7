package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.purgeline.worker.directories.TreeIdentity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What {@code statx} tells about one entry. Its layout is the same on every architecture.
 *
 * @param bornAtNanos 0 where the file system has no birth time
 * @param mount the mount's id, {@link #NO_MOUNT_ID} where the kernel does not tell it
 */
record Stat(
    int mode,
    int links,
    long inode,
    long size,
    long bornAtNanos,
    long device,
    long mount,
    long attributes) {

  static final int BYTES = 256;
  static final long NO_MOUNT_ID = -1;

  private static final int BIRTH_TIME = 0x800;
  private static final int MOUNT_ID = 0x1000;
  private static final int WANTED = 0x1 | 0x4 | 0x100 | 0x200 | BIRTH_TIME | MOUNT_ID;
  private static final int FILE_NEEDS = 0x1 | 0x4 | 0x100 | 0x200;
  private static final MemorySegment ITSELF = Arena.global().allocate(1);

  private static final int TYPE_MASK = 0xf000;
  private static final int DIRECTORY = 0x4000;
  private static final int REGULAR = 0x8000;
  private static final int LINK = 0xa000;
  private static final long IMMUTABLE = 0x10;
  private static final long APPEND_ONLY = 0x20;

  /** Asks for an entry's type, links, inode and size; returns 0 or the negated errno. */
  static int askFile(Handle dir, MemorySegment name) {
    return Libc.statx(dir.fd(), name, Libc.AT_SYMLINK_NOFOLLOW, FILE_NEEDS, Scratch.mine().stat());
  }

  /** Asks for all of an entry; returns 0 or the negated errno. */
  static int ask(Handle dir, byte[] name) {
    var scratch = Scratch.mine();
    return Libc.statx(
        dir.fd(), scratch.name(name), Libc.AT_SYMLINK_NOFOLLOW, WANTED, scratch.stat());
  }

  /** What an open handle leads to. */
  static Stat of(Handle handle) {
    var scratch = Scratch.mine();
    int answer = Libc.statx(handle.fd(), ITSELF, Libc.AT_EMPTY_PATH, WANTED, scratch.stat());
    if (answer < 0) {
      throw Failures.unavailable("An open directory cannot be read", -answer);
    }
    return answered();
  }

  /** The answer to this thread's last question. */
  static Stat answered() {
    var s = Scratch.mine().stat();
    int known = s.get(JAVA_INT, 0);
    return new Stat(
        Short.toUnsignedInt(s.get(JAVA_SHORT, 28)),
        s.get(JAVA_INT, 16),
        s.get(JAVA_LONG, 32),
        s.get(JAVA_LONG, 40),
        (known & BIRTH_TIME) == 0 ? 0 : s.get(JAVA_LONG, 80) * 1_000_000_000L + s.get(JAVA_INT, 88),
        ((long) s.get(JAVA_INT, 136) << 32) | Integer.toUnsignedLong(s.get(JAVA_INT, 140)),
        (known & MOUNT_ID) == 0 ? NO_MOUNT_ID : s.get(JAVA_LONG, 144),
        s.get(JAVA_LONG, 8));
  }

  boolean isDirectory() {
    return (mode & TYPE_MASK) == DIRECTORY;
  }

  boolean isRegularFile() {
    return (mode & TYPE_MASK) == REGULAR;
  }

  boolean isSymbolicLink() {
    return (mode & TYPE_MASK) == LINK;
  }

  boolean isImmutable() {
    return (attributes & IMMUTABLE) != 0;
  }

  boolean isAppendOnly() {
    return (attributes & APPEND_ONLY) != 0;
  }

  TreeIdentity identity() {
    return new TreeIdentity(inode, bornAtNanos);
  }
}
