package io.purgeline.benchmarks;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A gateway or a worker as a process of its own, on the class path of this one. */
final class PurgelineProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  private final Process process;
  private final URI address;
  private final Path log;

  private PurgelineProcess(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-process"));
  }

  static PurgelineProcess start(String main, List<String> jvm, List<String> settings, Path log)
      throws IOException {
    var port = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.add("--server.port=" + port);
    command.addAll(settings);
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new PurgelineProcess(process, URI.create("http://127.0.0.1:" + port), log);
  }

  URI address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  void awaitHealthy() {
    await(log.toString())
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !process.isAlive() || isHealthy());
    if (!process.isAlive()) {
      throw new IllegalStateException("a process ended; see " + log);
    }
  }

  private boolean isHealthy() throws InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address.resolve("/health")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
