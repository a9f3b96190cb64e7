package io.purgeline.benchmarks;

import io.purgeline.testing.Installation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as a script uses it, over connections that are kept. */
final class Api {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Api(URI base) {
    this.base = base;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET()).body();
  }

  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    var json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    var request = request(path).header("Content-Type", "application/json").POST(json);
    return send(request).body();
  }

  /** Answers where the deletion is. */
  String delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE()).location();
  }

  /** Answers where the deletion is, when all of it is purged or a minute has passed. */
  String deleteAndWait(String path) throws IOException, InterruptedException {
    return send(request(path).header("Prefer", "wait=60").DELETE()).location();
  }

  private HttpRequest.Builder request(String path) {
    var login = (Installation.USER + ":" + Installation.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
  }

  private Answer send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    var request = builder.build();
    var response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request + ": " + response.statusCode() + " " + response.body());
    }
    var body = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    return new Answer(body, response.headers().firstValue("Location").orElse(""));
  }

  private record Answer(JsonNode body, String location) {}
}
