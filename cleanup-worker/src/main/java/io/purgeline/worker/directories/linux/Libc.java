package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/**
 * The system calls. Each returns what the call returned, or the negated errno where it failed;
 * names are C strings.
 */
final class Libc {

  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_REMOVEDIR = 0x200;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int RENAME_NOREPLACE = 1;

  private static final long OPENAT2_NUMBER = 437; // the same on x86-64 and aarch64

  private static final Linker LINKER = Linker.nativeLinker();

  private static final MethodHandle OPENAT = variadic("openat", 3, "iiaii");
  private static final MethodHandle OPENAT2 = variadic("syscall", 1, "lliaal");
  private static final MethodHandle CLOSE = bind("close", "ii");
  private static final MethodHandle GETDENTS = bind("getdents64", "lial");
  private static final MethodHandle STATX = bind("statx", "iiaiia");
  private static final MethodHandle UNLINKAT = bind("unlinkat", "iiai");
  private static final MethodHandle RENAMEAT2 = bind("renameat2", "iiaiai");
  private static final MethodHandle LINKAT = bind("linkat", "iiaiai");
  private static final MethodHandle MKDIRAT = bind("mkdirat", "iiai");
  private static final MethodHandle FSYNC = bind("fsync", "ii");
  private static final MethodHandle LSEEK = bind("lseek", "lili");
  private static final MethodHandle READ = bind("read", "lial");
  private static final MethodHandle WRITE = bind("write", "lial");
  private static final MethodHandle READLINK = bind("readlink", "laal");

  private Libc() {}

  static int openat(int dir, MemorySegment name, int flags, int mode) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) OPENAT.invokeExact(errno, dir, name, flags, mode), errno);
    } catch (Throwable broken) {
      throw new AssertionError("openat", broken);
    }
  }

  static int openat2(int dir, MemorySegment name, MemorySegment how) {
    var errno = Scratch.mine().errno();
    try {
      long opened =
          (long) OPENAT2.invokeExact(errno, OPENAT2_NUMBER, dir, name, how, how.byteSize());
      return answer((int) opened, errno);
    } catch (Throwable broken) {
      throw new AssertionError("openat2", broken);
    }
  }

  static int close(int fd) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) CLOSE.invokeExact(errno, fd), errno);
    } catch (Throwable broken) {
      throw new AssertionError("close", broken);
    }
  }

  static int getdents(int fd, MemorySegment buffer) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) (long) GETDENTS.invokeExact(errno, fd, buffer, buffer.byteSize()), errno);
    } catch (Throwable broken) {
      throw new AssertionError("getdents64", broken);
    }
  }

  static int statx(int dir, MemorySegment name, int flags, int mask, MemorySegment buffer) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) STATX.invokeExact(errno, dir, name, flags, mask, buffer), errno);
    } catch (Throwable broken) {
      throw new AssertionError("statx", broken);
    }
  }

  static int unlinkat(int dir, MemorySegment name, int flags) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) UNLINKAT.invokeExact(errno, dir, name, flags), errno);
    } catch (Throwable broken) {
      throw new AssertionError("unlinkat", broken);
    }
  }

  static int renameat2(int from, MemorySegment name, int to, MemorySegment newName, int flags) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) RENAMEAT2.invokeExact(errno, from, name, to, newName, flags), errno);
    } catch (Throwable broken) {
      throw new AssertionError("renameat2", broken);
    }
  }

  static int linkat(int from, MemorySegment name, int to, MemorySegment newName) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) LINKAT.invokeExact(errno, from, name, to, newName, 0), errno);
    } catch (Throwable broken) {
      throw new AssertionError("linkat", broken);
    }
  }

  static int mkdirat(int dir, MemorySegment name, int mode) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) MKDIRAT.invokeExact(errno, dir, name, mode), errno);
    } catch (Throwable broken) {
      throw new AssertionError("mkdirat", broken);
    }
  }

  static int fsync(int fd) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) FSYNC.invokeExact(errno, fd), errno);
    } catch (Throwable broken) {
      throw new AssertionError("fsync", broken);
    }
  }

  /** To the start of a file or directory. */
  static int rewind(int fd) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) (long) LSEEK.invokeExact(errno, fd, 0L, 0), errno);
    } catch (Throwable broken) {
      throw new AssertionError("lseek", broken);
    }
  }

  static int read(int fd, MemorySegment buffer) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) (long) READ.invokeExact(errno, fd, buffer, buffer.byteSize()), errno);
    } catch (Throwable broken) {
      throw new AssertionError("read", broken);
    }
  }

  static int write(int fd, MemorySegment bytes) {
    var errno = Scratch.mine().errno();
    try {
      return answer((int) (long) WRITE.invokeExact(errno, fd, bytes, bytes.byteSize()), errno);
    } catch (Throwable broken) {
      throw new AssertionError("write", broken);
    }
  }

  static int readlink(MemorySegment path, MemorySegment buffer) {
    var errno = Scratch.mine().errno();
    try {
      return answer(
          (int) (long) READLINK.invokeExact(errno, path, buffer, buffer.byteSize()), errno);
    } catch (Throwable broken) {
      throw new AssertionError("readlink", broken);
    }
  }

  private static int answer(int returned, MemorySegment errno) {
    return returned == -1 ? -errno.get(JAVA_INT, 0) : returned;
  }

  private static MethodHandle bind(String function, String types) {
    return bind(function, types, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(String function, int fixedArguments, String types) {
    return bind(
        function,
        types,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixedArguments));
  }

  /** The types: i an int, l a long, a an address; what is returned comes first. */
  @SuppressWarnings("restricted")
  private static MethodHandle bind(String function, String types, Linker.Option... options) {
    var layouts = types.chars().mapToObj(type -> layout((char) type)).toList();
    var arguments = layouts.stream().skip(1).toArray(MemoryLayout[]::new);
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(layouts.getFirst(), arguments),
        Stream.of(options).toArray(Linker.Option[]::new));
  }

  private static MemoryLayout layout(char type) {
    return switch (type) {
      case 'i' -> JAVA_INT;
      case 'l' -> JAVA_LONG;
      case 'a' -> ADDRESS;
      default -> throw new IllegalArgumentException("No such type: " + type);
    };
  }
}
