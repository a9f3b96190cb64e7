package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of two dead letters that are named, as the exit code tells it. */
class ReplayCommandTest {

  @AutoClose private final FakeGateway gateway = new FakeGateway();

  @ParameterizedTest
  @CsvSource({
    "0, DONE, 0, 4, 4",
    "1, DONE, 1, 3, 3",
    "1, DONE, 0, 3, 3",
    "1, ABORTED, 0, 3, 4",
    "2, DONE, 2, 0, 0",
    "2, DONE, 1, 0, 3",
    "2, ABORTED, 1, 0, 4",
  })
  void endsWithTheWorseOfHowItBeganAndHowItEnded(
      int accepted, String end, int resolved, int exitCode, int watched) {
    gateway.answers(
        "/replays/r",
        """
        {"id": "r", "state": "%s", "total": %d, "resolved": %d}
        """
            .formatted(end, accepted, resolved));

    accepts(accepted);
    assertThat(replay()).isEqualTo(exitCode);
    accepts(accepted);
    assertThat(replay("--watch")).isEqualTo(watched);
  }

  /** When it is asked before, all of them; then somebody else may have been quicker. */
  private void accepts(int accepted) {
    gateway.answers(
        "/replays",
        "{\"accepted\": 2}",
        """
        {"id": "r", "accepted": %d, "skipped": {"already_replaying": %d}}
        """
            .formatted(accepted, 2 - accepted));
  }

  private int replay(String... more) {
    var command = new ArrayList<>(List.of("dead-letters", "replay", "a", "b", "--reason", "r"));
    command.addAll(List.of(more));
    return gateway.run(command.toArray(String[]::new));
  }
}
