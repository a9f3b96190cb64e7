package io.purgeline.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports people expect, where they are free. */
final class Ports {

  private Ports() {}

  /** The port if nobody listens on it, otherwise 0: any free one. */
  static int preferred(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }
}
