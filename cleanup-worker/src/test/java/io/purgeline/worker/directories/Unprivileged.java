package io.purgeline.worker.directories;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Runs something without the rights of root, which may read and change everything. Linux keeps them
 * apart for every thread: only the calling one is without them.
 */
final class Unprivileged {

  private static final int VERSION = 0x20080522;
  private static final int BYTES_EACH = 12; // effective, permitted, inheritable; twice
  private static final MethodHandle CAPGET = bind("capget");
  private static final MethodHandle CAPSET = bind("capset");

  private Unprivileged() {}

  static void run(Runnable work) {
    try (var arena = Arena.ofConfined()) {
      var header = arena.allocate(8, Integer.BYTES);
      header.set(JAVA_INT, 0, VERSION); // and 0: this thread
      var rights = arena.allocate(2 * BYTES_EACH, Integer.BYTES);
      call(CAPGET, header, rights);
      int low = rights.get(JAVA_INT, 0);
      int high = rights.get(JAVA_INT, BYTES_EACH);
      makeEffective(header, rights, 0, 0);
      try {
        work.run();
      } finally {
        makeEffective(header, rights, low, high);
      }
    }
  }

  private static void makeEffective(MemorySegment header, MemorySegment rights, int low, int high) {
    rights.set(JAVA_INT, 0, low);
    rights.set(JAVA_INT, BYTES_EACH, high);
    call(CAPSET, header, rights);
  }

  private static void call(MethodHandle function, MemorySegment header, MemorySegment rights) {
    try {
      assertThat((int) function.invokeExact(header, rights)).isZero();
    } catch (Throwable broken) {
      throw new AssertionError(broken);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(String function) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  }
}
