package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTextTest {

  @Test
  void tellsWhatSomebodyDecidedOtherwiseMeanwhile() {
    assertThat(ReplayText.outcome(replay("DONE", 5, 4, 3, 1, 0)))
        .isEqualTo("DONE, 3 of 5 resolved, 1 failed again, 1 decided otherwise meanwhile");
    assertThat(ReplayText.outcome(replay("DONE", 5, 5, 5, 0, 0)))
        .isEqualTo("DONE, 5 of 5 resolved, 0 failed again");
  }

  @Test
  void tellsWhatIsUnderWayAndWhatStaysAsItWas() {
    assertThat(ReplayText.outcome(replay("RUNNING", 10, 6, 2, 1, 4)))
        .isEqualTo(
            "RUNNING, 2 of 10 resolved, 1 failed again, 4 left as they were, 3 without outcome yet");
    assertThat(ReplayText.outcome(replay("ABORTED", 10, 3, 2, 1, 6)))
        .isEqualTo("ABORTED, 2 of 10 resolved, 1 failed again, 6 left as they were");
  }

  @Test
  void namesAStepFromTheFirstOneOn() {
    assertThat(ReplayText.underWay(json("{'state': 'RUNNING', 'step': 0}"))).isEqualTo("RUNNING:");
    assertThat(ReplayText.underWay(json("{'state': 'PAUSED', 'step': 2}")))
        .isEqualTo("PAUSED, step 2:");
    assertThat(ReplayText.underWay(json("{'state': 'RUNNING', 'step': 2, 'frozen': true}")))
        .isEqualTo("RUNNING (frozen), step 2:");
  }

  private static JsonNode replay(
      String state, int total, int replayed, int resolved, int failed, int remaining) {
    return json(
        """
        {'state': '%s', 'total': %d, 'replayed': %d, 'resolved': %d, 'failed_again': %d, 'remaining': %d}
        """
            .formatted(state, total, replayed, resolved, failed, remaining));
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
  }
}
