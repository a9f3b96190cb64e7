package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Buckets that are out of reach for a while. */
class AbsencesTest {

  private static final BucketName BUCKET = new BucketName("main", "bucket");
  private static final String PLACE = "s3://main/bucket";

  @RegisterExtension private final LogLines lines = new LogLines(Absences.class.getName());
  private final AtomicLong clock = new AtomicLong(42);
  private final StoredReports stored = new StoredReports();
  private final Absences absences =
      new Absences(clock::get, new OutageReports(stored.jdbc(), "worker"));

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

    assertThat(lines.all())
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
