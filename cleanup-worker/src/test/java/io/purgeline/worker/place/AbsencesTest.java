package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Buckets that are out of reach for a while. */
class AbsencesTest {

  private static final String PLACE = "s3://main/bucket";

  private final Logger logger = (Logger) LoggerFactory.getLogger(Absences.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong clock = new AtomicLong(42);
  private final Absences absences = new Absences(clock::get);

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
  void waitAsLongAgainAsTheyHaveLastedUpToAMinute() {
    var delays = List.of(find(), find(), find(), find(), find(), find(), find(), find(), find());

    assertThat(delays)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void answerFromMemoryUntilTheNextLookIsDue() {
    assertThat(absences.known(PLACE)).isEmpty();
    absences.found(PLACE, "missing");
    pass(Duration.ofMillis(400));

    var known = absences.known(PLACE).orElseThrow();

    assertThat(known.problem()).isEqualTo("missing");
    assertThat(known.delay()).isEqualTo(Duration.ofMillis(600));
    assertThat(absences.known("s3://main/another")).isEmpty();
    pass(Duration.ofMillis(600));
    assertThat(absences.known(PLACE)).isEmpty();
  }

  @Test
  void beginAnewAfterTheirEnd() {
    find();
    find();
    absences.end(PLACE);

    assertThat(absences.known(PLACE)).isEqualTo(Optional.empty());
    assertThat(find()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void areToldOfOnceWhenTheyBeginAndOnceWhenTheyEnd() {
    find();
    find();
    find();
    absences.end(PLACE);
    absences.end(PLACE);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            PLACE + " is out of reach, its purges wait: missing",
            PLACE + " is back: its purges go on");
  }

  /** Finds it missing, and waits until it is time to look again. */
  private Duration find() {
    var delay = absences.found(PLACE, "missing").delay();
    pass(delay);
    return delay;
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
