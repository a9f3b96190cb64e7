package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;

/** The page on configuration lists every property with its default, and no other. */
class ConfigurationDocTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(purgeline\\.[^`]+)` \\| ([^|]+?) \\|.*$", Pattern.MULTILINE);

  @Test
  void listsEveryPropertyWithItsDefaultAndNoOther() throws IOException {
    assertThat(documented()).containsExactlyEntriesOf(existing());
  }

  @ParameterizedTest
  @CsvSource({"api-gateway, gateway, 8080", "cleanup-worker, worker, 8081"})
  void eachProcessListensWhereThePageSays(String module, String process, int port)
      throws IOException {
    var settings = Path.of("..", module, "src", "main", "resources", process + ".yaml");
    var loaded = new YamlPropertySourceLoader().load(process, new FileSystemResource(settings));
    assertThat(loaded.getFirst().getProperty("server.port")).isEqualTo(port);
    assertThat(Files.readString(PAGE))
        .containsPattern("\\| `server.port` \\|.* `" + port + "` " + process);
  }

  private static Map<String, String> documented() throws IOException {
    var properties = new TreeMap<String, String>();
    var rows = ROW.matcher(Files.readString(PAGE));
    while (rows.find()) {
      properties.put(rows.group(1), rows.group(2));
    }
    return properties;
  }

  private static Map<String, String> existing() {
    var properties = new TreeMap<String, String>();
    collect("purgeline", PurgelineProperties.class, properties);
    return properties;
  }

  private static void collect(String prefix, Class<?> group, Map<String, String> properties) {
    for (var component : group.getRecordComponents()) {
      var name = prefix + "." + kebab(component.getName());
      var inner = innermost(component.getGenericType());
      if (component.getType() == Map.class) {
        name += ".NAME";
      } else if (inner.isRecord() && inner != component.getType()) {
        name += "[]";
      }
      if (inner.isRecord()) {
        collect(name, inner, properties);
      } else {
        properties.put(name, defaultOf(group, component));
      }
    }
  }

  /** The type itself, or the last argument of a generic one: the values of a list or map. */
  private static Class<?> innermost(Type type) {
    if (type instanceof ParameterizedType generic) {
      return innermost(
          generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
    }
    return (Class<?>) type;
  }

  private static String defaultOf(Class<?> group, RecordComponent component) {
    if (component.getType() == Map.class) {
      return "none";
    }
    return Arrays.stream(group.getDeclaredConstructors()[0].getParameters())
        .filter(parameter -> parameter.getName().equals(component.getName()))
        .flatMap(parameter -> Arrays.stream(parameter.getAnnotationsByType(DefaultValue.class)))
        .findFirst()
        .map(ConfigurationDocTest::written)
        .orElse("none");
  }

  private static String written(DefaultValue value) {
    return value.value().length == 0
        ? "empty"
        : Arrays.stream(value.value()).map(v -> "`" + v + "`").collect(Collectors.joining(", "));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
