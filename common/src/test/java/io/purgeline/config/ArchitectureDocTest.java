package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on the architecture names methods that exist. */
class ArchitectureDocTest {

  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+\\.[a-z]\\w*)`");

  @Test
  void namesMethods() {
    assertThat(named()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("named")
  void namesMethodsThatExist(String method) throws IOException {
    var parts = method.split("\\.");
    var declared = Pattern.compile("(?m)^  [\\w@<].*\\b" + parts[1] + "\\(");
    assertThat(Sources.of(parts[0], "src/main/java"))
        .as("sources of %s", parts[0])
        .anyMatch(source -> declared.matcher(source).find());
  }

  static Stream<String> named() {
    return Sources.namedIn("architecture.md", NAMED);
  }
}
