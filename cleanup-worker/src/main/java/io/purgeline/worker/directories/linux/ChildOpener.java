package io.purgeline.worker.directories.linux;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Opens a directory by one name in an open directory, for listing. What is a symbolic link, or lies
 * on another mount, is not opened, whatever happens to it meanwhile.
 */
interface ChildOpener {

  /** Returns a file descriptor or the negated errno: EXDEV for a mount point. */
  int open(int dir, MemorySegment name);

  /**
   * The best one that this machine has, proven to leave symbolic links and other mounts alone.
   *
   * @throws UnsupportedOperationException this machine has none that can be trusted
   */
  static ChildOpener ofThisMachine() {
    var openat2 = new Openat2Opener();
    return isProven(openat2) ? openat2 : stepwise();
  }

  /** The one for kernels and sandboxes without openat2. */
  static ChildOpener stepwise() {
    var stepwise = new StepwiseOpener();
    if (!isProven(stepwise)) {
      throw new UnsupportedOperationException(
          "This kernel has neither openat2 nor mount ids in statx (Linux 5.8): mounts inside a"
              + " directory could not be told from the directory, so none is purged");
    }
    return stepwise;
  }

  /** On every Linux {@code /proc} is a mount point and {@code /proc/self} a link to a directory. */
  static boolean isProven(ChildOpener opener) {
    int link = attempt(opener, "/proc", "self");
    return (Errno.ELOOP.is(link) || Errno.ENOTDIR.is(link))
        && Errno.EXDEV.is(attempt(opener, "/", "proc"));
  }

  private static int attempt(ChildOpener opener, String directory, String name) {
    var scratch = Scratch.mine();
    var path = scratch.name(directory.getBytes(StandardCharsets.UTF_8));
    int dir = Libc.openat(Libc.AT_FDCWD, path, OpenFlags.HERE.realDirectory(), 0);
    if (dir < 0) {
      throw new UnsupportedOperationException(directory + " is needed: " + Errno.nameOf(-dir));
    }
    try (var parent = new Handle(dir)) {
      int opened = opener.open(parent.fd(), scratch.name(name.getBytes(StandardCharsets.UTF_8)));
      if (opened < 0) {
        return opened;
      }
      new Handle(opened).close();
      throw new UnsupportedOperationException(
          "Opening %s/%s did not fail: a guard of %s is missing, so no directory is purged"
              .formatted(directory, name, System.getProperty("os.arch")));
    }
  }
}
