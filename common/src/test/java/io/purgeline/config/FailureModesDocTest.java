package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on failure modes names tests that exist. */
class FailureModesDocTest {

  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w+(?:Test|Contract)(?:\\.\\w+)?)`");

  @Test
  void namesTests() {
    assertThat(named()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("named")
  void namesTestsThatExist(String test) throws IOException {
    var parts = test.split("\\.");
    assertThat(Sources.of(parts[0], "src/test/java"))
        .as("sources of %s", parts[0])
        .anyMatch(source -> parts.length == 1 || source.contains("void " + parts[1] + "("));
  }

  static Stream<String> named() {
    return Sources.namedIn("failure-modes.md", NAMED);
  }
}
