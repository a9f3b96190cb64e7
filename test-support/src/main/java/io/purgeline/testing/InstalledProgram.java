package io.purgeline.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a program: on the PATH, or in Purgeline's cache folder. */
public final class InstalledProgram {

  private InstalledProgram() {}

  /**
   * Skips the running test, or fails it in CI, when there is none.
   *
   * @param what the program, or the server it belongs to, for the message
   * @param names what it may be called, the preferred name first
   */
  public static Path find(String what, String... names) {
    return Arrays.stream(names)
        .flatMap(name -> folders().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(what, names[0]));
  }

  private static Stream<Path> folders() {
    return Stream.concat(onPath(), Stream.of(cacheFolder().resolve("bin")));
  }

  private static Stream<Path> onPath() {
    return Arrays.stream(variable("PATH").orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }

  private static Path cacheFolder() {
    return variable("PURGELINE_CACHE")
        .map(Path::of)
        .or(() -> variable("XDG_CACHE_HOME").map(home -> Path.of(home, "purgeline")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "purgeline"));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static Path missing(String what, String name) {
    MissingServer.report(
        what,
        "run scripts/install-test-servers, or put %s on the PATH or into %s"
            .formatted(name, cacheFolder().resolve("bin")));
    throw new AssertionError("a missing server ends the test");
  }
}
