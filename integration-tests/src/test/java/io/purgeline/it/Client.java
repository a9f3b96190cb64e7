package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as a script uses it. */
public final class Client {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  public Client(String base) {
    this.base = base;
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, Map<String, ?> body) {
    var json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(request(path).header("Content-Type", "application/json").POST(json));
  }

  public Answer samples(String dataset, String lines) {
    return send(
        request("/api/v1/datasets/" + dataset + "/samples")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines)));
  }

  public Answer delete(String path, String... headers) {
    var request = request(path).DELETE();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Deletes a dataset and answers where the deletion is to be seen. */
  public String deleteDataset(String id) {
    var answer = delete("/api/v1/datasets/" + id);
    assertThat(answer.status()).isEqualTo(204);
    return answer.location();
  }

  private HttpRequest.Builder request(String path) {
    var login =
        Base64.getEncoder()
            .encodeToString((Installation.USER + ":" + Installation.PASSWORD).getBytes());
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Basic " + login);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      var body = response.body();
      return new Answer(
          response.statusCode(),
          body.startsWith("{") ? JSON.readTree(body) : JSON.nullNode(),
          response.headers().firstValue("Location").orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public record Answer(int status, JsonNode body, String location) {}
}
