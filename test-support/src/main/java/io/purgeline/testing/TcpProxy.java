package io.purgeline.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes connections on to a server of this machine, and remembers what clients say while it is
 * told to. It can be cut off, and is then like a server that is down.
 */
public final class TcpProxy implements AutoCloseable {

  private final int port = StablePort.next();
  private final int target;
  private volatile @Nullable ByteArrayOutputStream said; // synchronised by itself
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private Thread acceptor;

  /** Listens on a free port. */
  public TcpProxy(int target) {
    this.target = target;
    this.listener = listen(port);
    this.acceptor = accept(listener);
  }

  public int port() {
    return port;
  }

  /** Remembers what clients say from now on, all of it in memory. */
  public void remember() {
    said = new ByteArrayOutputStream();
  }

  /**
   * All that clients have said since it is remembered, byte for byte as Latin-1: what the server
   * has heard, and perhaps what it is about to hear.
   */
  public String said() {
    var remembered = said;
    return remembered == null ? "" : remembered.toString(StandardCharsets.ISO_8859_1);
  }

  /** Remembers nothing any more. */
  public void forget() {
    said = null;
  }

  /** Ends every connection and refuses new ones; nothing happens if it does so already. */
  public synchronized void cutOff() {
    close(listener);
    clients.forEach(TcpProxy::close);
    try {
      acceptor.join(); // the port is free only then
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes connections on again, on the same port; nothing happens if it does so already. */
  public synchronized void restore() {
    if (listener.isClosed()) {
      listener = listen(port);
      acceptor = accept(listener);
    }
  }

  @Override
  public void close() {
    cutOff();
  }

  private static ServerSocket listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread accept(ServerSocket from) {
    return Thread.ofVirtual()
        .start(() -> {
          while (!from.isClosed()) {
            try {
              var client = from.accept();
              Thread.ofVirtual().start(() -> serve(client, from));
            } catch (IOException e) {
              return; // closed
            }
          }
        });
  }

  private void serve(Socket client, ServerSocket from) {
    clients.add(client);
    try (client;
        var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      if (from.isClosed()) {
        return; // cut off between the accept and here
      }
      var answers = Thread.ofVirtual().start(() -> copy(server, client, (bytes, length) -> {}));
      copy(client, server, this::hear);
      answers.join();
    } catch (IOException e) {
      return; // nobody is there; the client sees its connection end
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  /** Until either side ends; then both do. */
  private static void copy(Socket from, Socket to, ObjIntConsumer<byte[]> witness) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      var buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        witness.accept(buffer, n); // before the other side hears it, and may answer
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      return; // the other direction ended first
    }
  }

  private void hear(byte[] bytes, int length) {
    var remembering = said;
    if (remembering != null) {
      remembering.write(bytes, 0, length);
    }
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
