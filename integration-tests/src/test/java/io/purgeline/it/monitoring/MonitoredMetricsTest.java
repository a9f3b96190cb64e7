package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.it.monitoring.PromQl.Selector;
import io.purgeline.it.monitoring.ShippedQueries.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dashboards, rules and runbooks ask only for what the running processes really export: Prometheus
 * knows the metric, some series has the labels and the values that are asked for.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("monitored installation")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoredMetricsTest {

  /** Made by Prometheus while there are alerts. */
  private static final String ALERTS = "ALERTS";

  private static final Set<String> OF_ALERTS = Set.of("alertname", "alertstate", "severity");

  private PrometheusApi prometheus;

  @BeforeAll
  void purgeSomething() {
    var installation = MonitoredInstallation.shared();
    installation.awaitState(installation.delete(installation.dataset()), "PURGED");
    installation.neighbours.assertUntouched();
    prometheus = installation.monitoring.prometheus;
    await()
        .atMost(MonitoredInstallation.LONG)
        .untilAsserted(() -> {
          assertThat(prometheus.targets())
              .containsOnlyKeys(
                  "purgeline-gateway", "purgeline-worker", "rabbitmq", "rabbitmq-detailed")
              .allSatisfy((job, health) -> assertThat(health).as(job).isEqualTo("up"));
          assertThat(prometheus.series("purgeline_tasks")).isNotEmpty();
          assertThat(ShippedQueries.recorded())
              .allSatisfy(name -> assertThat(prometheus.series(name)).as(name).isNotEmpty());
        });
  }

  static Stream<Query> queries() {
    return ShippedQueries.all();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void asksForWhatIsExported(Query query) {
    var answer = prometheus.query(query.expression());
    assertThat(answer.path("status").asString()).as(answer.toString()).isEqualTo("success");
    await()
        .atMost(MonitoredInstallation.LONG)
        .untilAsserted(() -> assertThat(problems(query)).isEmpty());
  }

  @Test
  void findsQueriesOfEveryDashboardAndRule() {
    var boards = ShippedQueries.files("grafana/dashboards", ".json").count();
    assertThat(ShippedQueries.ofDashboards().map(query -> query.where().split(" / ")[1]).distinct())
        .hasSize(Math.toIntExact(boards));
    assertThat(ShippedQueries.ofRules()).hasSizeGreaterThan(20);
    assertThat(ShippedQueries.ofDocuments()).hasSizeGreaterThan(15);
  }

  @Test
  void noticesWhatNobodyExports() {
    assertThat(problems("purgeline_taskz")).containsExactly("nobody exports purgeline_taskz");
    assertThat(problems("purgeline_tasks{status=\"DEAD\"}"))
        .containsExactly("purgeline_tasks has no label status");
    assertThat(problems("purgeline_tasks{state=\"Dead\"}"))
        .containsExactly("nothing is purgeline_tasks{state=\"Dead\"}");
    assertThat(problems("sum by (states) (purgeline_tasks)"))
        .containsExactly("nothing has the label states");
  }

  private List<String> problems(String expression) {
    return problems(new Query("here", expression, List.of()));
  }

  private List<String> problems(Query query) {
    var parsed = PromQl.parse(query.expression());
    var problems = new ArrayList<String>();
    var known = new HashSet<>(parsed.strings());
    for (var selector : parsed.selectors()) {
      problems.addAll(problems(selector));
      known.addAll(labels(selector.metric()));
    }
    Stream.concat(parsed.groupings().stream(), query.shown().stream())
        .filter(label -> problems.isEmpty() && !known.contains(label))
        .forEach(label -> problems.add("nothing has the label " + label));
    return problems;
  }

  private List<String> problems(Selector selector) {
    if (labels(selector.metric()).isEmpty()) {
      return List.of("nobody exports " + selector.metric());
    }
    var missing = new ArrayList<>(selector.labels());
    missing.removeAll(labels(selector.metric()));
    if (!missing.isEmpty()) {
      return List.of(selector.metric() + " has no label " + String.join(", ", missing));
    }
    return selector.metric().equals(ALERTS) || !prometheus.series(selector.text()).isEmpty()
        ? List.of()
        : List.of("nothing is " + selector.text());
  }

  private Set<String> labels(String metric) {
    var labels = new HashSet<>(metric.equals(ALERTS) ? OF_ALERTS : Set.of());
    prometheus.series(metric).forEach(one -> labels.addAll(one.keySet()));
    return labels;
  }
}
