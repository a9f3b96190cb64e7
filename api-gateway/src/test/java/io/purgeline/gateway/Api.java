package io.purgeline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API. */
public record Api(int port, String user) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern OUTSIDE =
      Pattern.compile("^/(v3|metrics|health|docs|swagger-ui|error|api/)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Api(int port) {
    this(port, "alice");
  }

  /** The same as another user: victor may read, edith may change, alice may do everything. */
  public Api as(String other) {
    return new Api(port, other);
  }

  /** The same without a login. */
  public Api anonymous() {
    return new Api(port, "");
  }

  /** Any request at all; the body may be empty. */
  public Answer send(String method, String path, String body, String... headers) {
    return send(request(path, headers).method(method, BodyPublishers.ofString(body)).build());
  }

  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    return send(request(path, headers).method(method, body).build());
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  public Answer delete(String path, String... headers) {
    return send(request(path, headers).DELETE().build());
  }

  public CompletableFuture<Answer> deleteLater(String path, String... headers) {
    return CLIENT
        .sendAsync(request(path, headers).DELETE().build(), BodyHandlers.ofString())
        .thenApply(Answer::new);
  }

  public Answer post(String path, String body) {
    return send(
        request(path, "Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  public Answer postLines(String path, String lines) {
    return send(
        request(path, "Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines))
            .build());
  }

  public Answer patch(String path, String body) {
    return send(
        request(path, "Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<InputStream> stream(String path, String... headers) {
    try {
      return CLIENT.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var base = OUTSIDE.matcher(path).find() ? "" : "/api/v1";
    var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + base + path));
    if (!user.isEmpty()) {
      builder.header("Authorization", "Basic " + login());
    }
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private String login() {
    return Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
  }

  private static Answer send(HttpRequest request) {
    try {
      return new Answer(CLIENT.send(request, BodyHandlers.ofString()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String text() {
      return response.body();
    }

    public String detail() {
      return json().path("detail").asString("");
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The deletion that the header Location names. */
    public UUID deletion() {
      return UUID.fromString(header("Location").replace("/api/v1/deletions/", ""));
    }
  }
}
