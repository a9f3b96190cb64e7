package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

/** What {@code /proc} knows about an open file descriptor. */
final class Descriptor {

  private Descriptor() {}

  /** The path that leads to it now, raw bytes. */
  static byte[] pathOf(Handle handle) {
    var scratch = Scratch.mine();
    var link = scratch.name(TargetPath.bytes("/proc/self/fd/" + handle.fd()));
    int length = Libc.readlink(link, scratch.content());
    if (length < 0) {
      throw Failures.unavailable("The path of an open directory cannot be read", -length);
    }
    return scratch.content().asSlice(0, length).toArray(JAVA_BYTE);
  }
}
