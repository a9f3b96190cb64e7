package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When there is nothing more to wait for. */
class WatchTest {

  private FakeGateway gateway;

  @BeforeEach
  void serve() throws IOException {
    gateway = new FakeGateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

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
