package io.purgeline.worker.directories.linux;

import java.lang.foreign.MemorySegment;

/** By openat for a single name, which is not followed, and a comparison of the mounts' ids. */
final class StepwiseOpener implements ChildOpener {

  @Override
  public int open(int dir, MemorySegment name) {
    int opened = Libc.openat(dir, name, OpenFlags.HERE.realDirectory(), 0);
    if (opened < 0) {
      return opened;
    }
    var child = new Handle(opened);
    int trouble = mountTrouble(new Handle(dir), child);
    if (trouble != 0) {
      child.close();
      return trouble;
    }
    return opened;
  }

  private static int mountTrouble(Handle dir, Handle child) {
    long here = Stat.of(dir).mount();
    if (here == Stat.NO_MOUNT_ID) {
      return -Errno.ENOSYS.number();
    }
    return Stat.of(child).mount() == here ? 0 : -Errno.EXDEV.number();
  }
}
