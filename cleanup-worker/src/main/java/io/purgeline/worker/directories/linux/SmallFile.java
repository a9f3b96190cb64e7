package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Writes a file that fits one write, and syncs it. */
final class SmallFile {

  private SmallFile() {}

  /**
   * Writes a file that does not exist yet.
   *
   * @param shown what failures call it
   * @return 0, or the negated errno if it cannot be made
   */
  static int create(Handle directory, byte[] name, byte[] bytes, String shown) {
    int flags = OpenFlags.HERE.newFile();
    int opened = Libc.openat(directory.fd(), Scratch.mine().name(name), flags, 0644);
    if (opened < 0) {
      return opened;
    }
    try (var file = new Handle(opened)) {
      var content = Scratch.mine().content();
      MemorySegment.copy(bytes, 0, content, JAVA_BYTE, 0, bytes.length);
      int written = Libc.write(file.fd(), content.asSlice(0, bytes.length));
      if (written != bytes.length) {
        throw Failures.of(shown, written < 0 ? -written : Errno.ENOSPC.number());
      }
      file.sync();
    }
    return 0;
  }
}
