package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A TCP port that is free now and stays so for a server that is stopped and started again: it lies
 * outside the range from which the system takes ports for outgoing connections, and no other JVM of
 * the tests is given it, though its server may be slow to take it.
 */
final class StablePort {

  private static final int FIRST = 10_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  /** Ends with the JVM. A lock of its byte claims a port; nothing is written. */
  private static final FileChannel CLAIMS = open();

  /** Kept, or the locks would go with the garbage. */
  private static final Set<FileLock> CLAIMED = ConcurrentHashMap.newKeySet();

  private StablePort() {}

  static int next() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, END))
        .limit(TRIES)
        .filter(port -> isFree(port) && claim(port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port in " + FIRST + ".." + END));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean claim(int port) {
    try {
      var lock = CLAIMS.tryLock(port, 1, false);
      return lock != null && CLAIMED.add(lock);
    } catch (OverlappingFileLockException _) {
      return false; // this JVM has it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open() {
    var name = "purgeline-test-ports-" + System.getProperty("user.name");
    try {
      return FileChannel.open(
          Path.of(System.getProperty("java.io.tmpdir"), name),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
