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

  private static final BucketName BUCKET = new BucketName("main", "bucket");
  private static final String PLACE = "s3://main/bucket";

  private final Logger logger = (Logger) LoggerFactory.getLogger(Absences.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong clock = new AtomicLong(42);
  private final StoredReports stored = new StoredReports();
  private final Absences absences =
      new Absences(clock::get, new OutageReports(stored.jdbc(), "worker"));

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
    assertThat(absences.known(BUCKET)).isEmpty();
    absences.found(BUCKET, "missing");
    pass(Duration.ofMillis(400));

    var known = absences.known(BUCKET).orElseThrow();

    assertThat(known.problem()).isEqualTo("missing");
    assertThat(known.delay()).isEqualTo(Duration.ofMillis(600));
    assertThat(absences.known(new BucketName("main", "another"))).isEmpty();
    pass(Duration.ofMillis(600));
    assertThat(absences.known(BUCKET)).isEmpty();
  }

  @Test
  void beginAnewAfterTheirEnd() {
    find();
    find();
    absences.end(BUCKET);

    assertThat(absences.known(BUCKET)).isEqualTo(Optional.empty());
    assertThat(find()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void areToldOfOnceWhenTheyBeginAndOnceWhenTheyEnd() {
    find();
    find();
    find();
    absences.end(BUCKET);
    absences.end(BUCKET);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            PLACE + " is out of reach, its purges wait: missing",
            PLACE + " is back: its purges go on");
  }

  @Test
  void areReportedUntilTheyEnd() {
    find();
    assertThat(stored.all()).containsExactly("purgeline.objects.main worker missing");

    absences.end(BUCKET);

    assertThat(stored.all()).isEmpty();
  }

  @Test
  void areLookedForAgainWhenThatIsDue() {
    absences.found(BUCKET, "missing");
    assertThat(absences.due()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(absences.due()).containsExactly(BUCKET);

    absences.end(BUCKET);

    assertThat(absences.due()).isEmpty();
  }

  /** Finds it missing, and waits until it is time to look again. */
  private Duration find() {
    var delay = absences.found(BUCKET, "missing").delay();
    pass(delay);
    return delay;
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
