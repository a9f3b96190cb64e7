package io.purgeline.worker.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.internal.http.HttpMethod;

/** Passes requests on to a store, and answers as a {@link Fault} has it. */
public final class FaultyProxy implements AutoCloseable {

  private final OkHttpClient client =
      new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(1)).build();
  private final URI store;
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  public FaultyProxy(URI store) {
    this.store = store;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Misbehaves like this from now on. */
  public void inject(Fault next) {
    fault = next;
    requests.set(0);
  }

  /** How many requests came since the last fault was injected. */
  public int requests() {
    return requests.get();
  }

  /** What the store itself says to the request. */
  Answer ask(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var method = exchange.getRequestMethod();
    var request =
        new Request.Builder()
            .url(store.toString() + exchange.getRequestURI())
            .method(
                method, HttpMethod.permitsRequestBody(method) ? RequestBody.create(body) : null);
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    try (var response = client.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers().toMultimap(), response.body().bytes());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    shutdown(client.dispatcher(), client.connectionPool());
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      fault.answer(exchange, () -> ask(exchange));
    }
  }

  private static void shutdown(Dispatcher dispatcher, ConnectionPool pool) {
    dispatcher.executorService().shutdown();
    pool.evictAll();
  }
}
