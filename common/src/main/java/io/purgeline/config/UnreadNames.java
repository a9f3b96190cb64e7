package io.purgeline.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses what the environment or the JVM's {@code -D} options say below {@code purgeline} and
 * nothing reads. Spring looks for unknown names in files and arguments only, so that a slip of the
 * pen in a variable's name would silently leave the default.
 */
final class UnreadNames {

  private static final String PREFIX = "purgeline";
  private static final List<String> SOURCES =
      List.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  /** What scripts, tests and the command line read, and processes inherit. */
  private static final Set<String> READ_ELSEWHERE =
      Set.of(
          "PURGELINE_CACHE",
          "PURGELINE_BENCH_SCALE",
          "PURGELINE_URL",
          "PURGELINE_USER",
          "PURGELINE_PASSWORD",
          "purgeline.test.all");

  /** What Kubernetes sets in every container for services whose names begin with ours. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("PURGELINE\\w*_(SERVICE_HOST|SERVICE_PORT\\w*|PORT|PORT_\\d+_(TCP|UDP)\\w*)");

  private UnreadNames() {}

  /**
   * Binds each of the two alone, so that a name counts as read even where another source overrides
   * it.
   *
   * @throws ConfigurationException in one sentence that lists the names
   */
  static void refuse(ConfigurableEnvironment environment) {
    var unread = new TreeSet<String>();
    for (var name : SOURCES) {
      if (environment.getPropertySources().get(name)
          instanceof EnumerablePropertySource<?> source) {
        unread.addAll(unread(source, environment));
      }
    }
    if (!unread.isEmpty()) {
      throw new ConfigurationException(
          "There is no property for %s.".formatted(String.join(", ", unread)));
    }
  }

  private static Set<String> unread(
      EnumerablePropertySource<?> source, ConfigurableEnvironment environment) {
    var ours = ours(source);
    if (ours.isEmpty()) {
      return ours;
    }
    ours.removeAll(namesRead(source, environment));
    ours.removeIf(name -> isPlaceholder(name, environment.getPropertySources()));
    return ours;
  }

  private static Set<String> ours(EnumerablePropertySource<?> source) {
    return Stream.of(source.getPropertyNames())
        .filter(name -> name.toLowerCase(Locale.ROOT).matches(PREFIX + "[._].*"))
        .filter(name -> !READ_ELSEWHERE.contains(name))
        .filter(name -> !SERVICE_LINK.matcher(name).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> namesRead(
      EnumerablePropertySource<?> source, ConfigurableEnvironment environment) {
    var alone = new MutablePropertySources();
    alone.addFirst(source);
    var names = new NamesRead();
    new Binder(
            ConfigurationPropertySources.from(alone),
            new PropertySourcesPlaceholdersResolver(environment))
        .bind(PREFIX, Bindable.of(PurgelineProperties.class), names);
    return names.all();
  }

  /** Whether a file refers to it, as in {@code password: ${PURGELINE_APP_PASSWORD}}. */
  private static boolean isPlaceholder(String name, MutablePropertySources sources) {
    return sources.stream()
        .filter(source -> !SOURCES.contains(source.getName()))
        .filter(EnumerablePropertySource.class::isInstance)
        .map(source -> (EnumerablePropertySource<?>) source)
        .flatMap(source -> Stream.of(source.getPropertyNames()).map(source::getProperty))
        .filter(Objects::nonNull)
        .anyMatch(value -> refersTo(value, name));
  }

  private static boolean refersTo(@Nullable Object value, String name) {
    var text = String.valueOf(value);
    return text.contains("${" + name + "}") || text.contains("${" + name + ":");
  }
}
