package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps deep trees from using up file descriptors: what lies deeper than {@link #DEPTH} is renamed
 * to the top of its tree and visited in a later wave, so that a walk holds few handles at a time
 * whatever the depth. Only for trees in the trash, which nobody else looks at; after a crash what
 * was hoisted is an ordinary part of the tree.
 */
final class Hoisting {

  static final int DEPTH = 32;

  private final String run =
      ".purgeline-hoisted-%08x.".formatted(ThreadLocalRandom.current().nextInt());
  private final AtomicInteger waiting = new AtomicInteger();
  private int hoisted;
  private volatile int wave;

  /** Moves a directory to the top, for the next wave; whether it is not where it was any more. */
  boolean tryHoist(Directory directory, MemorySegment name, Directory top) {
    int answer =
        Libc.renameat2(
            directory.handle().fd(),
            name,
            top.handle().fd(),
            Scratch.mine().name(nextName()),
            Libc.RENAME_NOREPLACE);
    if (answer == 0) {
      waiting.incrementAndGet();
    }
    return answer == 0 || Errno.ENOENT.is(answer);
  }

  /** Whether an entry of the top belongs to this wave. */
  boolean isDue(MemorySegment name) {
    return startsWith(name, run) ? startsWith(name, prefix(wave)) && wave > 0 : wave == 0;
  }

  /** Whether something waits at the top; it belongs to the wave that starts now. */
  boolean startNextWave() {
    if (waiting.getAndSet(0) == 0) {
      return false;
    }
    wave++;
    return true;
  }

  private synchronized byte[] nextName() {
    return TargetPath.bytes(prefix(wave + 1) + hoisted++);
  }

  private String prefix(int ofWave) {
    return run + ofWave + ".";
  }

  private static boolean startsWith(MemorySegment name, String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (name.get(JAVA_BYTE, i) != prefix.charAt(i)) { // the final NUL differs, too
        return false;
      }
    }
    return true;
  }
}
