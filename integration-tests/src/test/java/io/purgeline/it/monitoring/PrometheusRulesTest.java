package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.it.monitoring.ShippedAlerts.Alert;
import io.purgeline.testing.PrometheusPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What deploy/prometheus ships: accepted by the real programs, tested, and explained. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("installation of one class")
class PrometheusRulesTest {

  private static final String RUNBOOKS = "https://purgeline.dev/";
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("deploy/prometheus");

  static List<Alert> alerts() {
    return ShippedAlerts.all();
  }

  static List<Path> unitTests() {
    return ShippedAlerts.files("tests");
  }

  @Test
  void prometheusAcceptsItsConfiguration() throws Exception {
    run(PrometheusPrograms.promtool(), "check", "config", file("prometheus.yml"));
  }

  @Test
  void prometheusAcceptsTheRules() throws Exception {
    for (var rules : ShippedAlerts.files("rules")) {
      run(PrometheusPrograms.promtool(), "check", "rules", rules.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("unitTests")
  void everyAlertFiresStaysSilentAndRecoversAsItsTestsSay(Path tests) throws Exception {
    run(PrometheusPrograms.promtool(), "test", "rules", tests.toString());
  }

  @Test
  void alertmanagerAcceptsItsConfiguration() throws Exception {
    run(PrometheusPrograms.amtool(), "check-config", file("alertmanager.yml"));
  }

  @ParameterizedTest
  @CsvSource({"page, page", "ticket, ticket", "warning, warning", "unheard-of, warning"})
  void theSeverityDecidesWhoHearsOfIt(String severity, String receiver) throws Exception {
    var said =
        run(
            PrometheusPrograms.amtool(),
            "config",
            "routes",
            "test",
            "--config.file=" + file("alertmanager.yml"),
            "alertname=PurgelineX",
            "severity=" + severity);
    assertThat(said.lines()).contains(receiver);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertSaysHowUrgentItIsWhatItSawAndWhatToDoFirst(Alert alert) {
    assertThat(alert.name()).startsWith("Purgeline");
    assertThat(alert.labels().get("severity")).isIn("page", "ticket", "warning");
    assertThat(alert.annotations().get("summary")).contains("{{");
    assertThat(alert.annotations().get("description")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertHasARunbook(Alert alert) {
    var page = "docs/runbooks/" + alert.name() + ".md";
    assertThat(alert.annotations()).containsEntry("runbook_url", RUNBOOKS + page);
    assertThat(ROOT.resolve(page))
        .content()
        .contains("# " + alert.name(), "## Meaning", "## Impact", "## Diagnosis", "## Mitigation");
    assertThat(ROOT.resolve("docs/operations.md")).content().contains("runbooks/" + alert.name());
  }

  @Test
  void noRunbookIsLeftOver() throws IOException {
    var names = alerts().stream().map(alert -> alert.name() + ".md").collect(Collectors.toSet());
    try (var pages = Files.list(ROOT.resolve("docs/runbooks"))) {
      assertThat(pages.map(page -> page.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertIsSeenFiringAndSilent(Alert alert) {
    var expected = ShippedAlerts.expectations(alert.name());
    assertThat(expected).anySatisfy(alerts -> assertThat(alerts).isNotEmpty());
    assertThat(expected).anySatisfy(alerts -> assertThat(alerts).isEmpty());
    assertThat(expected.stream().flatMap(List::stream))
        .as("one with the labels of this rule")
        .anySatisfy(labels -> assertThat(labels).containsAllEntriesOf(alert.labels()));
  }

  private static String file(String name) {
    return FOLDER.resolve(name).toString();
  }

  private static String run(Path program, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
