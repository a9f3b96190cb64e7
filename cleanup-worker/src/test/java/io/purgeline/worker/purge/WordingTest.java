package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s3://main/bucket/run-1/ is not empty|<location> is not empty",
        "cannot open run-7/checkpoint-00042.pt: EACCES|cannot open <path>: EACCES",
        "task 019abc12-3456-7890-abcd-ef0123456789 lost|task <id> lost",
        "training train_0123abcd not found|training <id> not found",
        "timeout after 1500 ms|timeout after <n> ms",
        "upload 7f3a9c2e11 unknown|upload <id> unknown",
        "no column 'my key: no. 7' here|no column <text> here",
        "no column \"my key\" here|no column <text> here",
        "it doesn't and can't|it doesn't and can't",
        "a word defaced is no id|a word defaced is no id",
        "/abs/path and rel/|<path> and <path>",
        "Access Denied.|Access Denied."
      })
  void takesOutWhatDiffersFromOnePurgeToTheNext(String message, String wording) {
    assertThat(Wording.of(message)).isEqualTo(wording);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x ", "'", "\"", " '", "a/", "1", "a1", ":", "s3:/", "train_"})
  void takesNoTimeForALongMessage(String part) {
    var message = part.repeat(2_000_000 / part.length());

    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(Wording.of(message)).hasSizeLessThan(301));
  }

  @Test
  void cutsNoKeyInItsMiddle() {
    var message = "cannot open %s: EACCES";

    assertThat(Wording.of(message.formatted("d/".repeat(2_000))))
        .isEqualTo(Wording.of(message.formatted("d/".repeat(10))))
        .isEqualTo("cannot open <path>: EACCES");
  }
}
