package io.purgeline.worker.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An answer of a store, on its way through a proxy. */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("content-length", "transfer-encoding", "connection", "date");

  static Answer xml(int status, String xml) {
    return new Answer(
        status, Map.of("content-type", List.of("application/xml")), xml.getBytes(UTF_8));
  }

  Answer withText(String text) {
    return new Answer(status, headers, text.getBytes(UTF_8));
  }

  String text() {
    return new String(body, UTF_8);
  }

  void sendTo(HttpExchange exchange) throws IOException {
    sendHeaders(exchange, body.length);
    if (body.length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseBody().write(body);
    }
  }

  /** One byte after the other, until told to go on to the end. */
  void sendTo(HttpExchange exchange, Pace pace) throws IOException {
    sendHeaders(exchange, body.length);
    var sent = 0;
    while (sent < body.length && !pace.isOver()) {
      exchange.getResponseBody().write(body, sent++, 1);
      exchange.getResponseBody().flush();
    }
    exchange.getResponseBody().write(body, sent, body.length - sent);
  }

  /** Waits between two bytes. */
  @FunctionalInterface
  interface Pace {
    boolean isOver() throws IOException;
  }

  /** Promises all of the body, sends half of it, and breaks the connection. */
  void sendHalfTo(HttpExchange exchange) throws IOException {
    sendHeaders(exchange, body.length);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
  }

  private void sendHeaders(HttpExchange exchange, int length) throws IOException {
    headers.forEach((name, values) -> {
      if (!OF_THE_CONNECTION.contains(name)) {
        exchange.getResponseHeaders().put(name, values);
      }
    });
    var none = length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : length);
  }
}
