package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.purge.Outcome.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://main/bucket/run-1/ is not empty|<location> is not empty",
        "cannot open run-7/checkpoint-00042.pt: EACCES|cannot open <path>: EACCES",
        "task 019abc12-3456-7890-abcd-ef0123456789 lost|task <id> lost",
        "training train_0123abcd not found|training <id> not found",
        "timeout after 1500 ms|timeout after <n> ms",
        "upload 7f3a9c2e11 unknown|upload <id> unknown",
        "Access Denied.|Access Denied."
      })
  void takesOutWhatDiffersFromOnePurgeToTheNext(String message, String normalised) {
    assertThat(Fingerprint.normalised(message)).isEqualTo(normalised);
  }

  @Test
  void putsOneCauseInOneGroupWhateverItMet() {
    var one = Fingerprint.of(bug("no row for 17", 12), List.of());
    var other = Fingerprint.of(bug("no row for 4711", 99), List.of());

    assertThat(one).isEqualTo(other);
    assertThat(one.title()).isEqualTo("IllegalStateException: no row for <n>");
    assertThat(one.group()).matches("[0-9a-f]{16}");
  }

  @Test
  void tellsCausesApart() {
    var one = Fingerprint.of(bug("no row", 1), List.of());
    var elsewhere =
        new Cause(
            "java.lang.IllegalStateException",
            "no row",
            "java.lang.IllegalStateException: no row\n\tat io.purgeline.worker.Other.go(Other.java:1)");

    assertThat(Fingerprint.of(elsewhere, List.of()).group()).isNotEqualTo(one.group());
    assertThat(Fingerprint.of(bug("no column", 1), List.of()).group()).isNotEqualTo(one.group());
  }

  @Test
  void goesByTheStoresCodesWhereItemsFailed() {
    var one = new Cause("ItemFailure", "not removed: AccessDenied a/1, AccessDenied a/2", null);
    var other = new Cause("ItemFailure", "not removed: AccessDenied b/1", null);

    var fingerprint = Fingerprint.of(one, List.of("AccessDenied"));

    assertThat(Fingerprint.of(other, List.of("AccessDenied"))).isEqualTo(fingerprint);
    assertThat(Fingerprint.of(one, List.of("InternalError"))).isNotEqualTo(fingerprint);
    assertThat(fingerprint.title()).isEqualTo("AccessDenied");
  }

  private static Cause bug(String message, int line) {
    return new Cause(
        "java.lang.IllegalStateException",
        message,
        """
        java.lang.IllegalStateException: %s
        \tat java.base/java.util.Optional.orElseThrow(Optional.java:403)
        \tat io.purgeline.worker.purge.Claims.row(Claims.java:%d)
        \tat io.purgeline.worker.purge.Other.go(Other.java:3)
        """
            .formatted(message, line));
  }
}
