package io.purgeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;

class TcpProxyTest {

  @RepeatedTest(5)
  void isLikeAServerThatIsDownWhileItIsCutOff() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var proxy = new TcpProxy(server.getLocalPort());
        var before = connect(proxy)) {
      assertThat(hears(server, before)).isTrue();

      proxy.cutOff();
      proxy.cutOff();

      assertThat(before.getInputStream().read()).as("its end").isEqualTo(-1);
      assertThatThrownBy(() -> connect(proxy)).isInstanceOf(IOException.class);

      proxy.restore();
      proxy.restore();

      try (var after = connect(proxy)) {
        assertThat(hears(server, after)).isTrue();
      }
    }
  }

  /** A purge of a hundred thousand objects says more than a JVM can remember. */
  @RepeatedTest(5)
  void remembersOnlyWhatItIsToldTo() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var proxy = new TcpProxy(server.getLocalPort())) {
      assertThat(hearsOneMore(server, proxy)).isTrue();
      assertThat(proxy.said()).isEmpty();

      proxy.remember();
      assertThat(hearsOneMore(server, proxy)).isTrue();
      assertThat(proxy.said()).isEqualTo("x");

      proxy.forget();
      assertThat(hearsOneMore(server, proxy)).isTrue();
      assertThat(proxy.said()).isEmpty();
    }
  }

  private static boolean hearsOneMore(ServerSocket server, TcpProxy proxy) throws IOException {
    try (var client = connect(proxy)) {
      return hears(server, client);
    }
  }

  private static Socket connect(TcpProxy proxy) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static boolean hears(ServerSocket server, Socket client) throws IOException {
    client.getOutputStream().write('x');
    try (var accepted = server.accept()) {
      return accepted.getInputStream().read() == 'x';
    }
  }
}
