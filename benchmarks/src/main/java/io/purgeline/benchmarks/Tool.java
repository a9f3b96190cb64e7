package io.purgeline.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of others. */
record Tool(Path program) {

  /** In the folder {@code bin} of Purgeline's cache, or on the PATH. */
  static Optional<Tool> find(String name) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
    return Stream.concat(Stream.of(cache().resolve("bin")), Arrays.stream(path).map(Path::of))
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Tool::new);
  }

  /** Runs it to the end and answers what it printed; anything but success is an error. */
  String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + tail(output));
    }
    return output;
  }

  String firstLine(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments).lines().findFirst().orElse("");
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - 500));
  }

  private static Path cache() {
    return variable("PURGELINE_CACHE")
        .or(() -> variable("XDG_CACHE_HOME").map(folder -> folder.resolve("purgeline")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "purgeline"));
  }

  private static Optional<Path> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()).map(Path::of);
  }
}
