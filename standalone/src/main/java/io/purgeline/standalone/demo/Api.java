package io.purgeline.standalone.demo;

import io.purgeline.standalone.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API, used as any client would. */
final class Api {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String authorization;

  Api(String base, Login login) {
    this.base = base;
    var credentials = login.name() + ":" + login.password();
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, Map<String, ?> body) {
    var json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(request(path).header("Content-Type", "application/json").POST(json));
  }

  Answer postLines(String path, String lines) {
    var body = BodyPublishers.ofString(lines);
    return send(request(path).header("Content-Type", "application/x-ndjson").POST(body));
  }

  Answer patch(String path, Map<String, ?> body) {
    var json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(request(path).header("Content-Type", "application/json").method("PATCH", json));
  }

  Answer delete(String path) {
    return send(request(path).header("X-Purgeline-Reason", "demo").DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", authorization);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var started = System.nanoTime();
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      var millis = (System.nanoTime() - started) / 1_000_000;
      var body = response.body();
      return new Answer(
          response.statusCode(),
          body.isEmpty() ? JSON.nullNode() : JSON.readTree(body),
          response.headers().firstValue("Location").orElse(""),
          millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * What came back.
   *
   * @param location the header of that name, empty if there was none
   * @param millis how long it took
   */
  record Answer(int status, JsonNode body, String location, long millis) {

    Answer expect(int expected) {
      if (status != expected) {
        throw new StoryException("expected status " + expected + ", got " + status + ": " + body);
      }
      return this;
    }

    String text(String field) {
      return body.path(field).asString("");
    }

    String deletionId() {
      return location.substring(location.lastIndexOf('/') + 1);
    }
  }
}
