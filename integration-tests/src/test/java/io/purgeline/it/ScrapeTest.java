package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.MonitoringServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScrapeTest {

  private final TestInstallation installation = TestInstallation.shared();

  @TempDir Path folder;

  /** It asks for OpenMetrics, and takes a page whole or not at all. */
  @Test
  void aRealPrometheusTakesTheMetricsOfEveryProcess() throws IOException {
    try (var prometheus = MonitoringServer.prometheus(configuration(), folder)) {
      await()
          .atMost(Duration.ofMinutes(3))
          .during(Duration.ofSeconds(5))
          .untilAsserted(() ->
              assertThat(targets(prometheus))
                  .hasSize(installation.processes().size())
                  .allSatisfy(target -> {
                    assertThat(target.path("lastError").asString()).isEmpty();
                    assertThat(target.path("health").asString()).isEqualTo("up");
                  }));
    }
  }

  private Path configuration() throws IOException {
    var targets =
        installation.processes().stream()
            .map(process -> process.address().getAuthority())
            .collect(Collectors.joining("\", \"", "\"", "\""));
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 2s}
        scrape_configs: [{job_name: purgeline, static_configs: [{targets: [%s]}]}]
        """
            .formatted(targets));
  }

  private static List<JsonNode> targets(MonitoringServer prometheus)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(prometheus.url().resolve("/api/v1/targets")).build();
      var answer = http.send(request, BodyHandlers.ofString()).body();
      return JsonMapper.builder()
          .build()
          .readTree(answer)
          .path("data")
          .path("activeTargets")
          .valueStream()
          .toList();
    }
  }
}
