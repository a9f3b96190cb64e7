package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.MonitoringServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which alerts a real Alertmanager keeps to itself because another one explains them. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("monitored installation")
class AlertInhibitionTest {

  private static final Path SHIPPED = Path.of("../deploy/prometheus/alertmanager.yml");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private static final Map<String, String> BREAKER =
      alert("PurgelineStoreBreakerOpen", "warning", "store", "objects.main");
  private static final Map<String, String> BREAKER_OF_ALL =
      alert("PurgelineStoreBreakerOpen", "page", "store", "objects.main");
  private static final Map<String, String> NO_CONSUMERS =
      alert("PurgelineNoConsumers", "page", "store", "objects.main");

  @TempDir Path folder;

  @Test
  void aStoreThatIsDownExplainsRetriesAndSlowBurnsButNothingElse() throws Exception {
    var passedOn =
        List.of(
            BREAKER,
            alert("PurgelineSLOBurnFast", "page"),
            alert("PurgelineDeletionOverdue", "page"),
            alert("PurgelineOutboxStalled", "page"));
    assertExplains(
        passedOn,
        List.of(
            alert("PurgelineRetryRatioHigh", "warning"),
            alert("PurgelineSLOBurnTicket", "ticket")));
  }

  @Test
  void aStoreThatNoWorkerReachesExplainsThatNobodyConsumesItsQueues() throws Exception {
    var other = alert("PurgelineNoConsumers", "page", "store", "objects.other");
    assertExplains(List.of(BREAKER_OF_ALL, other), List.of(BREAKER, NO_CONSUMERS));
  }

  @Test
  void aStoreThatSomeWorkersDoNotReachDoesNotExplainThatNobodyConsumes() throws Exception {
    assertExplains(List.of(BREAKER, NO_CONSUMERS), List.of());
  }

  @Test
  void theFasterBurnExplainsTheSlowerOnes() throws Exception {
    assertExplains(
        List.of(alert("PurgelineSLOBurnFast", "page")),
        List.of(alert("PurgelineSLOBurnSlow", "page"), alert("PurgelineSLOBurnTicket", "ticket")));
  }

  @Test
  void aDatabaseThatIsAwayForAllExplainsWhyEachIsStale() throws Exception {
    var stale = alert("PurgelineScanStale", "warning", "job", "purgeline-worker");
    assertExplains(
        List.of(
            alert("PurgelineMetricsAbsent", "page", "missing", "fresh figures of the database")),
        List.of(stale));
    assertExplains(
        List.of(alert("PurgelineMetricsAbsent", "page", "missing", "rabbitmq"), stale), List.of());
  }

  private static Map<String, String> alert(String name, String severity, String... more) {
    return more.length == 0
        ? Map.of("alertname", name, "severity", severity)
        : Map.of("alertname", name, "severity", severity, more[0], more[1]);
  }

  /** While all of these fire, the first are passed on, and the others are not. */
  private void assertExplains(
      List<Map<String, String>> passedOn, List<Map<String, String>> keptBack) throws Exception {
    try (var server = MonitoringServer.alertmanager(SHIPPED, folder)) {
      var alerts =
          Stream.concat(passedOn.stream(), keptBack.stream())
              .map(labels -> Map.of("labels", labels))
              .toList();
      send(server, "POST", JSON.writeValueAsString(alerts));
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            var seen = JSON.readTree(send(server, "GET", ""));
            assertThat(labels(seen, "active")).containsExactlyInAnyOrderElementsOf(passedOn);
            assertThat(labels(seen, "suppressed")).containsExactlyInAnyOrderElementsOf(keptBack);
          });
    }
  }

  private static List<Map<String, String>> labels(JsonNode alerts, String state) {
    return alerts
        .valueStream()
        .filter(alert -> alert.path("status").path("state").asString().equals(state))
        .map(alert -> JSON.convertValue(alert.path("labels"), LABELS))
        .toList();
  }

  private static String send(MonitoringServer server, String method, String body)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(server.url().resolve("/api/v2/alerts"))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
