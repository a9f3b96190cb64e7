package io.purgeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever answers, or does not, ends in one sentence and the right exit code. */
class ProblemsTest {

  private HttpServer server;
  private volatile int status;
  private volatile String body = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "403, 4", "404, 4", "409, 4", "500, 5", "503, 5"})
  void saysTheDetailOfAProblem(int answered, int exitCode) {
    answer(answered, "{\"title\": \"No\", \"detail\": \"It is like this\"}");

    var failed = failed(() -> api().get("/replays"));

    assertThat(failed).hasMessage("It is like this.");
    assertThat(failed.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void saysWhoseLoginIsNotAccepted() {
    answer(401, "{\"detail\": \"Please log in\"}");

    var failed = failed(() -> api().get("/replays"));

    assertThat(failed)
        .hasMessageEndingWith(
            ":%d does not accept the login of alice.", server.getAddress().getPort());
    assertThat(failed.exitCode()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void saysWhichDeletionWasThereBefore() {
    answer(404, "{\"detail\": \"Dataset not found: 1\", \"deletion_id\": \"abc\"}");

    assertThat(failed(() -> api().delete("/datasets/1")))
        .hasMessage("Dataset not found: 1. It was deleted before: deletion abc.");
  }

  @ParameterizedTest
  @CsvSource({
    "200, <html>Hello</html>",
    "200, [1]",
    "200, ''",
    "404, <html>Not here</html>",
    "404, {}",
    "502, <html>Bad gateway</html>"
  })
  void recognisesThatItIsNotPurgeline(int answered, String text) {
    answer(answered, text);

    var failed = failed(() -> api().get("/replays"));

    assertThat(failed).hasMessageContaining("is not Purgeline").hasMessageNotContaining("\n");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void recognisesADeleteThatNoGatewayAnswered() {
    answer(200, "");

    assertThat(failed(() -> api().delete("/datasets/1")).exitCode())
        .isEqualTo(ExitCode.UNREACHABLE);
  }

  /** On a slow machine the first handshake of a JVM may take longer than the client waits. */
  @Test
  void saysThatNoSecureConnectionIsToBeHad() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> refuseInPlainText(plain));
            var address = URI.create("https://127.0.0.1:" + plain.getLocalPort());

            var failed = failed(() -> new Api(address, "alice", "secret").get("/replays"));

            assertThat(failed).hasMessageContaining("no secure connection");
            assertThat(failed.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
          }
        });
  }

  private static void refuseInPlainText(ServerSocket server) {
    try (var client = server.accept()) {
      client.getInputStream().read(); // as a server does, which answers what it was told
      client.getOutputStream().write("HTTP/1.1 400 \r\n\r\n".getBytes(UTF_8));
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysThatNothingListens() {
    var failed = failed(() -> new Api(URI.create("http://127.0.0.1:1"), "a", "b").get("/x"));

    assertThat(failed).hasMessage("Cannot reach http://127.0.0.1:1: nothing listens there.");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    var failed = failed(() -> new Api(URI.create("http://no.such.invalid"), "a", "b").get("/x"));

    assertThat(failed).hasMessageContaining("no host of that name");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  private void answer(int status, String body) {
    this.status = status;
    this.body = body;
  }

  private Api api() {
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Api(address, "alice", "secret");
  }

  private static FailedException failed(ThrowingCallable call) {
    return catchThrowableOfType(FailedException.class, call);
  }
}
