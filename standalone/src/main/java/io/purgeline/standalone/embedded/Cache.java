package io.purgeline.standalone.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own folder for what is unpacked once and used by every run. The temporary folder will
 * not do: others may own it, and it is emptied under servers that run for long.
 */
final class Cache {

  private Cache() {}

  static Path folder(String name) {
    return root(System.getenv()).resolve(name);
  }

  /**
   * {@code PURGELINE_CACHE}, else {@code purgeline} in the cache folder of the desktop standard.
   */
  static Path root(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("PURGELINE_CACHE"))
        .map(Path::of)
        .orElseGet(() ->
            Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("purgeline"));
  }
}
