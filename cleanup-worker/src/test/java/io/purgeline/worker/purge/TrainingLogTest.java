package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.purgeline.worker.testing.Tree;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The sentences that operators of trainings search their logs for. */
class TrainingLogTest extends OnDirectory {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.purgeline.deletion");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

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
    return List.copyOf(lines.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains(training))
        .toList();
  }
}
