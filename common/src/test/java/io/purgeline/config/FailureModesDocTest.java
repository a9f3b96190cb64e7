package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on failure modes names tests that exist. */
class FailureModesDocTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

  @Test
  void namesTests() throws IOException {
    assertThat(named()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("named")
  void namesTestsThatExist(String test) throws IOException {
    var parts = test.split("\\.");
    assertThat(sourcesOf(parts[0]))
        .as("sources of %s", parts[0])
        .anyMatch(source -> parts.length == 1 || source.contains("void " + parts[1] + "("));
  }

  static Stream<String> named() throws IOException {
    return NAMED
        .matcher(Files.readString(ROOT.resolve("docs/failure-modes.md")))
        .results()
        .map(found ->
            found.group(2) == null ? found.group(1) : found.group(1) + "." + found.group(2))
        .distinct();
  }

  private static Stream<String> sourcesOf(String type) throws IOException {
    try (var modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(tests -> sourcesOf(type, tests))
          .toList()
          .stream();
    }
  }

  private static Stream<String> sourcesOf(String type, Path tests) {
    try (var files = Files.walk(tests)) {
      return files
          .filter(file -> file.endsWith(type + ".java"))
          .map(FailureModesDocTest::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
