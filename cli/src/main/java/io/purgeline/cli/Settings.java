package io.purgeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Where a value comes from that no option gave: the environment, else the user's file. The file is
 * {@code $XDG_CONFIG_HOME/purgeline/config.toml}, by default {@code
 * ~/.config/purgeline/config.toml}.
 */
final class Settings {

  private static final Set<String> KNOWN = Set.of("url", "user", "password");

  private final Map<String, String> environment;
  private final Path file;
  private @Nullable JsonNode read;

  Settings(Map<String, String> environment) {
    this.environment = environment;
    this.file = folder(environment).resolve("purgeline").resolve("config.toml");
  }

  private static Path folder(Map<String, String> environment) {
    var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    if (!config.isEmpty()) {
      return Path.of(config);
    }
    var home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".config");
  }

  /**
   * The value of {@code url}, {@code user} or {@code password}: the option if it was given, else
   * the variable, else what the file says; null if nobody says anything. Empty is not given.
   *
   * @throws FailedException if the file cannot be read or says what nobody asks for
   */
  @Nullable String value(String name, @Nullable String option) {
    if (option != null && !option.isEmpty()) {
      return option;
    }
    var variable = environment.get("PURGELINE_" + name.toUpperCase(Locale.ROOT));
    return variable != null && !variable.isEmpty() ? variable : fromFile(name);
  }

  private @Nullable String fromFile(String name) {
    if (read == null) {
      if (!Files.exists(file)) {
        return null;
      }
      read = checked(contents());
    }
    return read.path(name).asString(null);
  }

  private JsonNode contents() {
    try {
      return new TomlMapper().readTree(file.toFile());
    } catch (JacksonException e) {
      throw unfit("it cannot be read: " + e.getOriginalMessage());
    }
  }

  private JsonNode checked(JsonNode contents) {
    var unknown = new TreeSet<>(contents.propertyNames());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw unfit("it says '" + unknown.getFirst() + "', but knows only url, user and password");
    }
    for (var field : contents.properties()) {
      if (!field.getValue().isString()) {
        throw unfit(field.getKey() + " must be a text in quotation marks");
      }
    }
    return contents;
  }

  private FailedException unfit(String why) {
    return new FailedException(ExitCode.USAGE, file + ": " + why + ".");
  }
}
