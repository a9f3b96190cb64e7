package io.purgeline.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A TCP port that is free now and stays so for a server that is stopped and started again: it lies
 * outside the range from which the system takes ports for outgoing connections.
 */
final class StablePort {

  private static final int FIRST = 10_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  private StablePort() {}

  static int next() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, END))
        .limit(TRIES)
        .filter(StablePort::isFree)
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
}
