package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When there is nothing more to wait for. */
class WatchTest {

  @AutoClose private final FakeGateway gateway = new FakeGateway();

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "RUNNING", "WAITING"})
  void waitsForTheRestOfWhatGaveUpInPart(String rest) {
    gateway.answers("/deletions/d", dead("DEAD", rest), dead("DEAD", "DONE"));

    assertThat(gateway.run("deletions", "watch", "d")).isEqualTo(ExitCode.PARTLY);
    assertThat(gateway.asked()).hasSize(2);
  }

  @Test
  void doesNotWaitForWhatGaveUp() {
    gateway.answers("/deletions/d", dead("DEAD", "RETAINED"), dead("DONE", "DONE"));

    assertThat(gateway.run("deletions", "watch", "d")).isEqualTo(ExitCode.PARTLY);
    assertThat(gateway.asked()).hasSize(1);
  }

  @Test
  void waitsUntilThatIsPurgedWhichIsPutBackMeanwhile() {
    gateway.answers("/deletions/d", dead("DEAD", "RUNNING"), deletion("PURGED", "DONE", "DONE"));

    assertThat(gateway.run("deletions", "watch", "d")).isEqualTo(ExitCode.DONE);
  }

  private static String dead(String one, String other) {
    return deletion("DEAD", one, other);
  }

  private static String deletion(String state, String one, String other) {
    return """
    {"id": "d", "state": "%s", "objects": {}, "bytes": {}, "tasks": [{"state": "%s"}, {"state": "%s"}]}
    """
        .formatted(state, one, other);
  }
}
