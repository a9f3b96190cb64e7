package io.purgeline.it.monitoring;

import io.purgeline.testing.MonitoringServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * A real Prometheus and a real Alertmanager on the files that are shipped: only where servers
 * listen is replaced, and times are {@linkplain Shortened shortened}.
 */
final class Monitoring implements AutoCloseable {

  private static final Path SHIPPED = Path.of("..", "deploy", "prometheus");

  /** No answer may take longer; on a busy machine a second is not enough. */
  private static final String SCRAPE_INTERVAL = "2s";

  final Webhook webhook = new Webhook();
  final PrometheusApi prometheus;
  private final Path folder;
  private final MonitoringServer alertmanager;
  private final MonitoringServer server;

  /**
   * Returns when both answer.
   *
   * @param targets where each job's metrics are, as host and port
   * @param folder an empty one
   */
  Monitoring(Map<String, String> targets, Path folder) {
    this.folder = folder;
    alertmanager = MonitoringServer.alertmanager(alertmanagerYml(), folder);
    server = MonitoringServer.prometheus(prometheusYml(targets), folder);
    prometheus = new PrometheusApi(server.url());
  }

  @Override
  public void close() {
    server.close();
    alertmanager.close();
    webhook.close();
  }

  /** Every receiver that is told of anything is told by this webhook. */
  private Path alertmanagerYml() {
    var shipped = shortened(SHIPPED.resolve("alertmanager.yml"));
    for (var receiver : list(shipped, "receivers")) {
      var name = receiver.get("name");
      receiver.clear();
      receiver.put("name", name);
      receiver.put("webhook_configs", List.of(Map.of("url", webhook.url().toString())));
    }
    return write("alertmanager.yml", shipped);
  }

  private Path prometheusYml(Map<String, String> targets) {
    var shipped = shortened(SHIPPED.resolve("prometheus.yml"));
    for (var job : list(shipped, "scrape_configs")) {
      var name = (String) job.get("job_name");
      job.keySet().removeIf(key -> key.endsWith("sd_configs"));
      var target = targets.get(name);
      job.put(
          "static_configs",
          target == null ? List.of() : List.of(Map.of("targets", List.of(target))));
    }
    global(shipped).put("scrape_interval", SCRAPE_INTERVAL);
    shipped.put("rule_files", rules());
    shipped.put("alerting", Map.of("alertmanagers", List.of(staticTarget(alertmanager.url()))));
    return write("prometheus.yml", shipped);
  }

  private static Map<String, ?> staticTarget(URI server) {
    return Map.of("static_configs", List.of(Map.of("targets", List.of(server.getAuthority()))));
  }

  private List<String> rules() {
    var names = new ArrayList<String>();
    ShippedQueries.files("prometheus/rules", ".yml")
        .forEach(file -> {
          names.add(file.getFileName().toString());
          write(names.getLast(), Shortened.shorten(ShippedQueries.read(file)));
        });
    return names;
  }

  private static Map<String, Object> shortened(Path file) {
    Map<String, Object> content = new Yaml().load(Shortened.shorten(ShippedQueries.read(file)));
    return new LinkedHashMap<>(content);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> global(Map<String, Object> content) {
    return (Map<String, Object>) content.get("global");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> content, String key) {
    return (List<Map<String, Object>>) content.get(key);
  }

  private Path write(String name, Map<String, Object> content) {
    return write(name, new Yaml().dump(content));
  }

  private Path write(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
