package io.purgeline.it.monitoring;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Reads the alerts of deploy/prometheus, and what their tests expect. */
@SuppressWarnings("unchecked")
final class ShippedAlerts {

  private ShippedAlerts() {}

  /** One alerting rule. */
  record Alert(String name, Map<String, String> labels, Map<String, String> annotations) {

    @Override
    public String toString() {
      return name + " " + labels;
    }
  }

  /** Every alerting rule; two may have the same name. */
  static List<Alert> all() {
    return ShippedQueries.rules()
        .filter(rule -> rule.containsKey("alert"))
        .map(rule ->
            new Alert(
                (String) rule.get("alert"),
                (Map<String, String>) rule.get("labels"),
                (Map<String, String>) rule.get("annotations")))
        .toList();
  }

  /** For each time at which a test looks at this alert: the labels of each that should fire. */
  static List<List<Map<String, String>>> expectations(String alert) {
    return files("tests").stream()
        .flatMap(file -> list(new Yaml().load(ShippedQueries.read(file)), "tests"))
        .flatMap(test -> list(test, "alert_rule_test"))
        .filter(look -> look.get("alertname").equals(alert))
        .map(look ->
            list(look, "exp_alerts")
                .map(fired -> (Map<String, String>) fired.get("exp_labels"))
                .toList())
        .toList();
  }

  /** The files of one of its folders, in order. */
  static List<Path> files(String folder) {
    return ShippedQueries.files("prometheus/" + folder, ".yml").toList();
  }

  private static Stream<Map<String, Object>> list(Map<String, Object> map, String key) {
    return ((List<Map<String, Object>>) map.getOrDefault(key, List.of())).stream();
  }
}
