package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Native memory of one thread for the arguments and answers of its system calls. */
final class Scratch {

  private static final int PATH_MAX = 4096;
  private static final int LISTING = 32 * 1024;

  private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
  private final MemorySegment stat = arena.allocate(Stat.BYTES, Long.BYTES);
  private final MemorySegment name = arena.allocate(PATH_MAX);
  private final MemorySegment secondName = arena.allocate(PATH_MAX);
  private final MemorySegment content = arena.allocate(PATH_MAX);
  private final List<MemorySegment> listings = new ArrayList<>();

  private Scratch() {}

  static Scratch mine() {
    return MINE.get();
  }

  MemorySegment errno() {
    return errno;
  }

  MemorySegment stat() {
    return stat;
  }

  /** Room for the content of a small file or the target of a link. */
  MemorySegment content() {
    return content;
  }

  /** The bytes as a C string, valid until this is called again. */
  MemorySegment name(byte[] bytes) {
    return terminated(bytes, name);
  }

  /** A second C string beside the first, valid until this is called again. */
  MemorySegment secondName(byte[] bytes) {
    return terminated(bytes, secondName);
  }

  /** The buffer for listing the directory at this height of the thread's stack. */
  MemorySegment listing(int height) {
    while (listings.size() <= height) {
      listings.add(arena.allocate(LISTING, Long.BYTES));
    }
    return listings.get(height);
  }

  private static MemorySegment terminated(byte[] bytes, MemorySegment into) {
    if (bytes.length >= PATH_MAX) {
      throw new IllegalArgumentException("Too long for a path: " + bytes.length + " bytes");
    }
    MemorySegment.copy(bytes, 0, into, JAVA_BYTE, 0, bytes.length);
    into.set(JAVA_BYTE, bytes.length, (byte) 0);
    return into;
  }
}
