package io.purgeline.it.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a Prometheus. */
final class PrometheusApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  PrometheusApi(URI url) {
    this.url = url + "/api/v1/";
  }

  /** The answer to the query, or the error that Prometheus found in it. */
  JsonNode query(String expression) {
    return get("query?query=" + encoded(expression));
  }

  /** The labels of all series that a selector finds. */
  List<Map<String, String>> series(String selector) {
    return get("series?match[]=" + encoded(selector))
        .path("data")
        .valueStream()
        .map(PrometheusApi::labels)
        .toList();
  }

  /** The names of the alerts that fire now. */
  Set<String> firing() {
    var names = new TreeSet<String>();
    for (var alert : get("alerts").path("data").path("alerts")) {
      if (alert.path("state").stringValue().equals("firing")) {
        names.add(alert.path("labels").path("alertname").stringValue());
      }
    }
    return names;
  }

  /** Of each target: its job, and {@code up} or what went wrong. */
  Map<String, String> targets() {
    var targets = new TreeMap<String, String>();
    for (var target : get("targets").path("data").path("activeTargets")) {
      var health = target.path("health").stringValue();
      var error = target.path("lastError").stringValue();
      targets.put(
          target.path("labels").path("job").stringValue(), error.isEmpty() ? health : error);
    }
    return targets;
  }

  private static Map<String, String> labels(JsonNode series) {
    var labels = new TreeMap<String, String>();
    series
        .propertyStream()
        .forEach(label -> labels.put(label.getKey(), label.getValue().stringValue()));
    return labels;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode get(String path) {
    try {
      var request = HttpRequest.newBuilder(URI.create(url + path.replace("[]", "%5B%5D"))).build();
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
