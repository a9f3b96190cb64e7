package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person at a dashboard relies on, and what can be told without Grafana. */
class DashboardsTest {

  private static final Pattern RUNBOOK = Pattern.compile("https://[^\"]+/(docs/runbooks/[^\"]+)");

  @Test
  void haveNamesThatStay() {
    assertThat(dashboards().map(board -> board.path("uid").stringValue()))
        .containsExactly(
            "purgeline-dead-letters",
            "purgeline-overview",
            "purgeline-pipeline",
            "purgeline-stores");
  }

  @Test
  void sayOfEveryPanelWhatItShowsAndInWhichUnit() {
    assertThat(panels())
        .hasSizeGreaterThan(40)
        .allSatisfy(panel -> {
          assertThat(panel.path("description").asString(""))
              .as(panel.path("title").toString())
              .isNotBlank();
          if (panel.has("targets") && !panel.path("type").stringValue().equals("heatmap")) {
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString(""))
                .isNotBlank();
          }
        });
  }

  @Test
  void leadToRunbooksThatExist() {
    var links =
        ShippedQueries.files("grafana/dashboards", ".json")
            .flatMap(file -> RUNBOOK.matcher(ShippedQueries.read(file)).results())
            .map(found -> found.group(1))
            .distinct();
    assertThat(links)
        .hasSizeGreaterThan(10)
        .allSatisfy(page -> assertThat(Path.of("..").resolve(page)).exists());
  }

  @Test
  void askTheDataSourceThatIsProvisioned() {
    var provisioned =
        ShippedQueries.files("grafana/provisioning/datasources", ".yaml")
            .map(ShippedQueries::read)
            .findFirst();
    assertThat(provisioned).get().asString().contains("uid: prometheus");
    assertThat(panels().flatMap(panel -> panel.path("targets").valueStream()))
        .allSatisfy(target ->
            assertThat(target.path("datasource").path("uid").stringValue())
                .isEqualTo("prometheus"));
  }

  private static Stream<JsonNode> panels() {
    return dashboards()
        .flatMap(board -> board.path("panels").valueStream())
        .filter(panel -> !panel.path("type").stringValue().equals("row"));
  }

  private static Stream<JsonNode> dashboards() {
    var json = JsonMapper.builder().build();
    return ShippedQueries.files("grafana/dashboards", ".json")
        .map(file -> json.readTree(ShippedQueries.read(file)));
  }
}
