package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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
  void haveTheFiveServicesAndOneThatMakesTheBuckets() {
    assertThat(SERVICES)
        .containsOnlyKeys("postgres", "rabbitmq", "minio", "buckets", "gateway", "worker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "rabbitmq", "minio", "buckets", "gateway", "worker"})
  void pinEveryImage(String service) {
    String image = in(in(SERVICES, service), "image");
    assertThat(image).matches(PINNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "rabbitmq", "minio", "gateway", "worker"})
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

  private static void bind(Path file, java.util.function.Consumer<PurgelineProperties> check) {
    new ApplicationContextRunner()
        .withUserConfiguration(Bound.class)
        .withInitializer(
            context -> load(file).forEach(context.getEnvironment().getPropertySources()::addLast))
        .run(context -> check.accept(context.getBean(PurgelineProperties.class)));
  }

  private static List<org.springframework.core.env.PropertySource<?>> load(Path file) {
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
    return new Yaml().load(read(ROOT.resolve("docker-compose.yml")));
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
