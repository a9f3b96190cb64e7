package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** By openat2 (Linux 5.6): the kernel itself refuses links, other mounts and ways out. */
final class Openat2Opener implements ChildOpener {

  private static final long NO_XDEV = 1;
  private static final long NO_SYMLINKS = 4;
  private static final long BENEATH = 8;

  private final MemorySegment how;

  Openat2Opener() {
    var filled = Arena.ofAuto().allocate(24, Long.BYTES);
    filled.set(JAVA_LONG, 0, OpenFlags.HERE.realDirectory());
    filled.set(JAVA_LONG, 16, NO_XDEV | NO_SYMLINKS | BENEATH);
    this.how = filled.asReadOnly();
  }

  @Override
  public int open(int dir, MemorySegment name) {
    return Libc.openat2(dir, name, how);
  }
}
