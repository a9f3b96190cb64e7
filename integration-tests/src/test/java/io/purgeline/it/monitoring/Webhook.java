package io.purgeline.it.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** Where an Alertmanager sends what somebody should know; it remembers all of it. */
final class Webhook implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Webhook() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::receive);
    server.start();
  }

  /**
   * One alert in one message.
   *
   * @param status {@code firing} or {@code resolved}
   */
  record Notice(String alert, String status, String severity, String summary, String runbook) {}

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** All that arrived, in this order. */
  List<Notice> notices() {
    return List.copyOf(notices);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      for (var alert : JSON.readTree(exchange.getRequestBody()).path("alerts")) {
        var labels = alert.path("labels");
        var texts = alert.path("annotations");
        notices.add(
            new Notice(
                labels.path("alertname").asString(""),
                alert.path("status").asString(""),
                labels.path("severity").asString(""),
                texts.path("summary").asString(""),
                texts.path("runbook_url").asString("")));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
