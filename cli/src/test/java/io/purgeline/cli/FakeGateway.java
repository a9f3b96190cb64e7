package io.purgeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what it was told to, else that a list is empty; remembers what it was asked. */
final class FakeGateway implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Queue<String>> answers = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a gateway", e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** What is answered where the path and query have this part; the last one from then on. */
  FakeGateway answers(String part, String... inTurn) {
    answers.put(part, new ArrayDeque<>(List.of(inTurn)));
    return this;
  }

  /** Runs a command with its login here; answers the exit code. */
  int run(String... command) {
    var line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--url=" + address(), "--user=alice", "--password=secret"));
    return Ctl.commandLine().execute(line.toArray(String[]::new));
  }

  List<String> asked() {
    return asked;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().toString();
    asked.add(exchange.getRequestMethod() + " " + path);
    var answer =
        answers.entrySet().stream()
            .filter(known -> path.contains(known.getKey()))
            .map(known -> next(known.getValue()))
            .findFirst()
            .orElse(path.contains("/metrics") ? "" : "{\"items\": []}");
    var bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(
        answer.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String next(Queue<String> answers) {
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
