package io.purgeline.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What a logger is told while a test runs, from {@code INFO} on. */
public final class LogLines implements BeforeEachCallback, AfterEachCallback {

  private final Logger logger;
  private final Lines lines = new Lines();
  private @Nullable Level before;

  public LogLines(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    before = logger.getLevel();
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }

  /** So far, each as it is written. */
  public List<String> all() {
    return events().stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** So far, with all that belongs to each. */
  public List<ILoggingEvent> events() {
    return List.copyOf(lines.all);
  }

  /** What was told so far does not matter. */
  public void clear() {
    lines.all.clear();
  }

  /** Whatever any thread writes, also while they are read. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final Queue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent line) {
      all.add(line);
    }
  }
}
