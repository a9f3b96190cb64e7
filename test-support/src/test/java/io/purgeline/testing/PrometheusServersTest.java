package io.purgeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusServersTest {

  @TempDir Path folder;

  @Test
  void anAlertOfAPrometheusReachesItsAlertmanager() throws IOException {
    try (var alertmanager = MonitoringServer.alertmanager(alertmanagerYml(), folder);
        var prometheus = MonitoringServer.prometheus(prometheusYml(alertmanager.url()), folder)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            assertThat(get(prometheus.url(), "/api/v1/alerts")).contains("AlwaysThere");
            assertThat(get(alertmanager.url(), "/api/v2/alerts")).contains("AlwaysThere");
          });
    }
  }

  @Test
  void isGoneAfterItsEnd() throws IOException {
    URI url;
    try (var alertmanager = MonitoringServer.alertmanager(alertmanagerYml(), folder)) {
      url = alertmanager.url();
    }
    assertThatThrownBy(() -> get(url, "/-/ready")).isInstanceOf(ConnectException.class);
  }

  private Path alertmanagerYml() throws IOException {
    return Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route: {receiver: nobody}
        receivers: [{name: nobody}]
        """);
  }

  private Path prometheusYml(URI alertmanager) throws IOException {
    Files.writeString(
        folder.resolve("rules.yml"),
        "groups: [{name: test, rules: [{alert: AlwaysThere, expr: vector(1)}]}]\n");
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {evaluation_interval: 1s}
        rule_files: [rules.yml]
        alerting: {alertmanagers: [{static_configs: [{targets: ["%s"]}]}]}
        """
            .formatted(alertmanager.getAuthority()));
  }

  private static String get(URI server, String path) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(server.resolve(path)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
