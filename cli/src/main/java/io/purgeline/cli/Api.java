package io.purgeline.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP API of one server, as one user. Whatever is not a good answer is a {@link
 * FailedException} with a sentence for a person.
 */
final class Api implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String ACCEPTED = "application/json, application/problem+json";

  private final URI base;
  private final String user;
  private final String authorization;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  Api(URI base, String user, String password) {
    this.base = base;
    this.user = user;
    var login = user + ":" + password;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A JVM whose client still has a thread in the kernel takes a third of a second longer to end.
   */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  URI base() {
    return base;
  }

  String user() {
    return user;
  }

  JsonNode get(String path) {
    return json(answered(send(request(path).GET())));
  }

  JsonNode post(String path, Object body) {
    return json(answered(send(posting(path, body))));
  }

  /** A POST that may be sent again: the server does what it asks for once. */
  JsonNode post(String path, Object body, String idempotencyKey) {
    var request = posting(path, body).header("Idempotency-Key", idempotencyKey);
    return json(answered(send(request)));
  }

  /** Deletes something; answers where that can be followed. */
  Deleted delete(String path) {
    var answer = answered(send(request(path).DELETE()));
    var deletion = answer.headers().firstValue("Location").map(Api::lastSegment);
    return new Deleted(
        answer.body().isBlank() ? JSON.nullNode() : json(answer),
        deletion.orElseThrow(() -> Problems.notPurgeline(answer)));
  }

  /** What the gateway shows to Prometheus, if it does. */
  Optional<Metrics> metrics() {
    var request = HttpRequest.newBuilder(URI.create(base + "/metrics")).timeout(TIMEOUT).GET();
    try {
      var answer = send(request.header("Accept", "text/plain"));
      return answer.statusCode() == 200 ? Optional.of(Metrics.of(answer.body())) : Optional.empty();
    } catch (FailedException e) {
      if (!e.isUnreachable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** A path with its variable parts encoded. */
  static String path(String pattern, String... values) {
    var encoded = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      encoded[i] = encoded(values[i]);
    }
    return pattern.formatted(encoded);
  }

  static String query(Map<String, String> parameters) {
    var query = new StringBuilder();
    parameters.forEach((name, value) ->
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded(value)));
    return query.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder posting(String path, Object body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
        .timeout(TIMEOUT)
        .header("Authorization", authorization)
        .header("Accept", ACCEPTED);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw Problems.unreachable(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted();
    }
  }

  private HttpResponse<String> answered(HttpResponse<String> answer) {
    if (answer.statusCode() == 401) {
      throw new FailedException(
          ExitCode.REFUSED, "%s does not accept the login of %s.".formatted(base, user));
    }
    if (answer.statusCode() >= 400) {
      throw Problems.refused(answer);
    }
    return answer;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      var json = JSON.readTree(answer.body());
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      // told below
    }
    throw Problems.notPurgeline(answer);
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The answer to a DELETE, and the deletion it made. */
  record Deleted(JsonNode body, String deletionId) {}
}
