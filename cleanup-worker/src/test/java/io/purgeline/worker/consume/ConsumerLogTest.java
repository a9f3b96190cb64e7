package io.purgeline.worker.consume;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.purgeline.testing.RabbitServer;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A broker that dies is told of in a few lines, however many consumers a worker has. */
class ConsumerLogTest {

  private static final String LOST = "is not consumed, which is tried again until it works: ";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Lines lines = new Lines();
  private RabbitServer rabbit;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    rabbit = RabbitServer.own();
    pipeline = Pipeline.on(Servers.shared().with(rabbit));
    pipeline.start();
    pipeline.dataset().at(uri("before/")).commit().await(PURGED);
    root.setLevel(Level.INFO);
    root.detachAppender("CONSOLE");
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void close() {
    root.detachAppender(lines);
    root.setLevel(Level.OFF);
    pipeline.close();
    rabbit.close();
  }

  @Test
  void tellsOnceForEachQueueThatTheBrokerIsGoneAndOnceThatItIsBack() {
    rabbit.stop();
    patiently().until(() -> told(LOST + "the broker is out of reach").size() == 11);
    patiently().during(Duration.ofSeconds(12)).until(() -> true); // two tries of each consumer

    rabbit.start();
    pipeline.dataset().at(uri("after/")).commit().await(PURGED);
    patiently().until(() -> told("is consumed again").size() == 11);

    assertThat(told(LOST)).hasSize(11);
    assertThat(lines.all).filteredOn(line -> line.getThrowableProxy() != null).isEmpty();
  }

  private List<String> told(String text) {
    return lines.all.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains(text))
        .toList();
  }

  private String uri(String prefix) {
    return "s3://main/" + pipeline.bucket() + "/" + prefix;
  }

  /** Whatever any thread writes. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final Queue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent line) {
      all.add(line);
    }
  }
}
