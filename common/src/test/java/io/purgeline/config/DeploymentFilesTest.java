package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.Yaml;

/** What can be said of docker-compose.yml and its files without an engine to run them. */
@SuppressWarnings("unchecked")
class DeploymentFilesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");
  private static final Pattern PINNED = Pattern.compile("[^:]+:.*\\d+\\.\\d+.*|.+RELEASE\\..+");

  private static final Map<String, Map<String, Object>> SERVICES = in(compose(), "services");
  private static final Map<String, Object> VOLUMES = in(compose(), "volumes");

  @Test
  void haveTheServicesTheirWatchersAndOneThatMakesTheBuckets() {
    assertThat(SERVICES)
        .containsOnlyKeys(
            "postgres",
            "rabbitmq",
            "minio",
            "buckets",
            "gateway",
            "worker",
            "prometheus",
            "alertmanager",
            "grafana");
  }

  static Set<String> services() {
    return SERVICES.keySet();
  }

  @ParameterizedTest
  @MethodSource("services")
  void pinEveryImage(String service) {
    String image = in(in(SERVICES, service), "image");
    assertThat(image).matches(PINNED);
  }

  static List<String> servicesThatStayUp() {
    return SERVICES.keySet().stream()
        .filter(service -> !in(in(SERVICES, service), "restart").equals("no"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("servicesThatStayUp")
  void haveAHealthCheckForEveryServiceThatStaysUp(String service) {
    Map<String, Object> check = in(in(SERVICES, service), "healthcheck");
    List<String> test = in(check, "test");
    assertThat(test).startsWith("CMD").hasSizeGreaterThan(1);
  }

  @Test
  void waitForNothingThatIsNotThere() {
    for (var service : SERVICES.values()) {
      var needed = (Map<String, Map<String, Object>>) service.getOrDefault("depends_on", Map.of());
      needed.forEach((name, on) -> {
        var once = in(in(SERVICES, name), "restart").equals("no");
        assertThat(on.get("condition"))
            .isEqualTo(once ? "service_completed_successfully" : "service_healthy");
      });
    }
  }

  @Test
  void mountAndBuildWhatExists() {
    for (var service : SERVICES.values()) {
      for (var volume : (List<String>) service.getOrDefault("volumes", List.of())) {
        var source = volume.split(":", 2)[0];
        assertThat(source.startsWith(".") ? exists(source) : isNamedVolume(source))
            .as(volume)
            .isTrue();
      }
      var build = (Map<String, String>) service.get("build");
      assertThat(build == null || exists(in(build, "dockerfile"))).isTrue();
    }
  }

  @Test
  void prometheusAsksTheServicesThatAreThere() {
    Map<String, Object> prometheus = yaml(ROOT.resolve("deploy/prometheus/prometheus.yml"));
    var jobs = new HashMap<String, String>();
    for (var job : (List<Map<String, Object>>) in(prometheus, "scrape_configs")) {
      jobs.put(in(job, "job_name"), target(job));
    }
    assertThat(jobs)
        .containsEntry("purgeline-gateway", "gateway")
        .containsEntry("purgeline-worker", "worker")
        .containsEntry("rabbitmq", "rabbitmq")
        .containsEntry("rabbitmq-detailed", "rabbitmq");
    List<Map<String, Object>> alertmanagers = in(in(prometheus, "alerting"), "alertmanagers");
    assertThat(target(alertmanagers.getFirst())).isEqualTo("alertmanager");
    assertThat(SERVICES).containsKeys("alertmanager").containsKeys(hosts(jobs));
  }

  private static String[] hosts(Map<String, String> jobs) {
    return jobs.values().stream()
        .filter(host -> !host.equals("127.0.0.1"))
        .distinct()
        .toArray(String[]::new);
  }

  /** The host that a job of Prometheus asks. */
  private static String target(Map<String, Object> job) {
    var named = job.containsKey("dns_sd_configs");
    List<Map<String, List<String>>> hosts = in(job, named ? "dns_sd_configs" : "static_configs");
    List<String> targets = in(hosts.getFirst(), named ? "names" : "targets");
    return targets.getFirst().split(":", 2)[0];
  }

  @Test
  void rabbitMqExportsItsMetrics() {
    assertThat((List<String>) in(in(SERVICES, "rabbitmq"), "volumes"))
        .contains("./deploy/compose/rabbitmq-plugins:/etc/rabbitmq/enabled_plugins:ro");
    assertThat(ROOT.resolve("deploy/compose/rabbitmq-plugins"))
        .hasContent("[rabbitmq_management,rabbitmq_prometheus].");
  }

  @ParameterizedTest
  @CsvSource({"gateway, 1, 0", "worker, 0, 3"})
  void configureEachProcessWithWhatItIsGiven(String service, int users, int buckets) {
    var file = ROOT.resolve("deploy/compose/" + service + ".yaml");
    Map<String, Object> environment = in(in(SERVICES, service), "environment");
    PLACEHOLDER
        .matcher(read(file))
        .results()
        .forEach(found -> assertThat(environment).containsKey(found.group(1)));
    bind(
        file,
        properties -> {
          assertThat(properties.security().users()).hasSize(users);
          var store = main(properties);
          assertThat(store.endpoint() == null ? 0 : store.buckets().size()).isEqualTo(buckets);
        });
  }

  @Test
  void theSampleConfiguresEveryProcess() {
    bind(
        ROOT.resolve("deploy/sample/purgeline.yaml"),
        properties -> {
          assertThat(properties.security().users()).hasSize(1);
          assertThat(main(properties).endpoint()).isNotNull();
          assertThat(properties.directoryRoots()).containsOnlyKeys("trainings", "datasets");
        });
  }

  private static ObjectStoreProperties main(PurgelineProperties properties) {
    return in(properties.objectStores(), "main");
  }

  private static void bind(Path file, Consumer<PurgelineProperties> check) {
    new ApplicationContextRunner()
        .withUserConfiguration(Bound.class)
        .withInitializer(
            context -> load(file).forEach(context.getEnvironment().getPropertySources()::addLast))
        .run(context -> check.accept(context.getBean(PurgelineProperties.class)));
  }

  private static List<PropertySource<?>> load(Path file) {
    try {
      return new YamlPropertySourceLoader()
          .load(file.toString(), new FileSystemResource(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T in(Map<String, ?> map, String key) {
    return (T) Objects.requireNonNull(map.get(key), key);
  }

  private static boolean exists(String file) {
    return Files.exists(ROOT.resolve(file));
  }

  private static boolean isNamedVolume(String name) {
    return VOLUMES.containsKey(name);
  }

  private static Map<String, Object> compose() {
    return yaml(ROOT.resolve("docker-compose.yml"));
  }

  private static Map<String, Object> yaml(Path file) {
    return new Yaml().load(read(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @EnableConfigurationProperties(PurgelineProperties.class)
  static class Bound {}
}
