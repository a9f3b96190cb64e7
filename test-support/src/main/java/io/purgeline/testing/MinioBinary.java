package io.purgeline.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the MinIO program: on the PATH, or in Purgeline's cache folder. */
final class MinioBinary {

  private MinioBinary() {}

  /** Skips the running test, or fails it in CI, when there is none. */
  static Path find() {
    return Stream.concat(onPath(), Stream.of(cacheFolder().resolve("bin")))
        .map(folder -> folder.resolve("minio"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(MinioBinary::missing);
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

  private static Path missing() {
    MissingServer.report(
        "MinIO", "put its program minio on the PATH or into " + cacheFolder().resolve("bin"));
    throw new AssertionError("a missing server ends the test");
  }
}
