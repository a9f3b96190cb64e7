package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Metrics METRICS =
      Metrics.of(
          """
          # HELP purgeline_outbox_rows Messages that wait to be published
          # TYPE purgeline_outbox_rows gauge
          purgeline_outbox_rows 12.0
          purgeline_oldest_pending_timestamp_seconds{kind="dataset",} 1.7637E9
          purgeline_oldest_pending_timestamp_seconds{kind="job"} 0.0
          purgeline_oldest_pending_timestamp_seconds{kind="training with } in it"} 1.7636E9
          purgeline_odd +Inf
          purgeline_none_timestamp_seconds 0.0
          purgeline_tasks{kind="job",state="DEAD"} 3.0
          purgeline_tasks{state="DEAD",kind="dataset"} 4.0
          purgeline_tasks{kind="DEAD",state="RUNNING"} 5.0
          """);

  @Test
  void takesTheEarliestTimeOfAllSeries() {
    assertThat(METRICS.earliest("purgeline_oldest_pending_timestamp_seconds"))
        .contains(Instant.ofEpochSecond(1_763_600_000));
  }

  @Test
  void takesZeroAndWhatIsNotThereForNone() {
    assertThat(METRICS.earliest("purgeline_none_timestamp_seconds")).isEmpty();
    assertThat(METRICS.earliest("purgeline_missing")).isEmpty();
    assertThat(METRICS.count("purgeline_missing")).isEmpty();
  }

  @Test
  void readsCounts() {
    assertThat(METRICS.count("purgeline_outbox_rows")).hasValue(12);
  }

  @Test
  void addsUpWhatHasALabel() {
    assertThat(METRICS.sum("purgeline_tasks", "state", "DEAD")).isEqualTo(7);
    assertThat(METRICS.sum("purgeline_tasks")).isEqualTo(12);
    assertThat(METRICS.sum("purgeline_missing", "state", "DEAD")).isZero();
  }

  @Test
  void readsNothingInAPageOfSomethingElse() {
    assertThat(Metrics.of("<html><body>Not here</body></html>").series()).isEmpty();
  }
}
