package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ReadableTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1550, 1.6 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "1000000, 1.0 MB",
    "123456789012, 123.5 GB",
    "9223372036854775807, 9.2 EB"
  })
  void writesBytesInTheUnitThatFits(long bytes, String text) {
    assertThat(Readable.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0s",
    "PT0.9S, 0s",
    "PT59S, 59s",
    "PT60S, 1m 0s",
    "PT3599S, 59m 59s",
    "PT3600S, 1h 0m",
    "PT86399S, 23h 59m",
    "P1DT3H59M, 1d 3h"
  })
  void writesTheTwoLargestUnitsOfADuration(Duration duration, String text) {
    assertThat(Readable.duration(duration)).isEqualTo(text);
  }

  @Test
  void writesTimesToTheSecondAndLeavesWhatIsNone() {
    var node =
        JsonMapper.builder()
            .build()
            .readTree("{\"at\": \"2026-11-21T08:00:00.123456Z\", \"none\": null, \"odd\": \"x\"}");

    assertThat(Readable.time(node, "at")).isEqualTo("2026-11-21T08:00:00Z");
    assertThat(Readable.time(node, "none")).isEmpty();
    assertThat(Readable.time(node, "missing")).isEmpty();
    assertThat(Readable.time(node, "odd")).isEqualTo("x");
  }

  @Test
  void keepsCharactersThatMoveTheCursorFromTheTerminal() {
    assertThat(Readable.line("a\033[2Jb\r\nc\u009bd\u202ee")).isEqualTo("a?[2Jb??c?d?e");
    assertThat(Readable.line("größe/ä.npy")).isEqualTo("größe/ä.npy");
  }

  @Test
  void cutsWhatIsTooLong() {
    assertThat(Readable.cut("1234567890", 10)).isEqualTo("1234567890");
    assertThat(Readable.cut("12345678901", 10)).isEqualTo("1234567...");
  }
}
