package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LogLines;
import io.purgeline.worker.testing.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sentences that operators of trainings search their logs for. */
class TrainingLogTest extends OnDirectory {

  @RegisterExtension private final LogLines lines = new LogLines("io.purgeline.deletion");

  @Test
  void sayOnceThatAPurgeBeginsAndOnceThatItEnded() {
    Tree.fill(target(), 3, 10);
    var deletion = pipeline().training().at(location()).settling().commit();

    var generation = deletion.await(PURGED).generation();

    assertThat(generation).as("it was taken up more than once").isGreaterThan(1);
    var training = deletion.resourceId();
    patiently()
        .untilAsserted(() ->
            assertThat(lines(training))
                .containsExactly(
                    "Starting file cleanup for training: " + training,
                    "Successfully deleted 1 paths for training " + training));
  }

  private List<String> lines(String training) {
    return lines.all().stream().filter(line -> line.contains(training)).toList();
  }
}
