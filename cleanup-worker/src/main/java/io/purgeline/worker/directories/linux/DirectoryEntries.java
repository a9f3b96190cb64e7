package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * One thread's view of a listing in progress: entries by {@code getdents64}, names as raw bytes.
 * Several threads may list through the same handle; each sees other entries.
 */
final class DirectoryEntries {

  private static final int RECORD_LENGTH = 16;
  private static final int TYPE = 18;
  private static final int NAME = 19;
  private static final byte IS_DIRECTORY = 4;

  private final Handle directory;
  private final MemorySegment buffer;
  private int filled;
  private int next;
  private int current;

  /** Lists on from where the handle is. */
  DirectoryEntries(Handle directory, MemorySegment buffer) {
    this.directory = directory;
    this.buffer = buffer;
  }

  /**
   * Goes to the next entry; {@code .} and {@code ..} are none.
   *
   * @return 1 where there is one, 0 at the end, or the negated errno
   */
  int advance() {
    do {
      if (next == filled) {
        filled = Libc.getdents(directory.fd(), buffer);
        next = 0;
        if (filled <= 0) {
          int answer = filled;
          filled = 0;
          return answer;
        }
      }
      current = next;
      next += Short.toUnsignedInt(buffer.get(JAVA_SHORT, next + RECORD_LENGTH));
    } while (isDots());
    return 1;
  }

  /** Whether this entry starts a buffer that was full: there is likely work for another thread. */
  boolean startsFullBuffer() {
    return current == 0 && filled > buffer.byteSize() / 2;
  }

  /** Whether the listing says directory; where it does not know, it says no. */
  boolean saysDirectory() {
    return buffer.get(JAVA_BYTE, current + TYPE) == IS_DIRECTORY;
  }

  /** The name as a C string, valid until {@link #advance}. */
  MemorySegment name() {
    return buffer.asSlice(current + NAME, next - current - NAME);
  }

  private boolean isDots() {
    int at = current + NAME;
    if (buffer.get(JAVA_BYTE, at) != '.') {
      return false;
    }
    byte second = buffer.get(JAVA_BYTE, at + 1);
    return second == 0 || (second == '.' && buffer.get(JAVA_BYTE, at + 2) == 0);
  }

  /** The bytes of a C string. */
  static byte[] bytes(MemorySegment name) {
    int length = 0;
    while (name.get(JAVA_BYTE, length) != 0) {
      length++;
    }
    return name.asSlice(0, length).toArray(JAVA_BYTE);
  }
}
