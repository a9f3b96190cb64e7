package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.RETAINED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minio.messages.RetentionMode;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When versions that are locked are tried again. */
class RetentionTest extends OnPipeline {

  @Test
  void looksAtALegalHoldDailyAlsoBesideALaterDate() {
    var deletion = commitLocked(Instant.now().plus(Duration.ofDays(30)));

    assertThat(nextAttempt(deletion)).isCloseTo(inOneDay(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void triesAgainAtADateThatComesBeforeTheNextLookAtAHold() {
    var until = Instant.now().plus(Duration.ofHours(2));

    assertThat(nextAttempt(commitLocked(until))).isCloseTo(until, within(1, ChronoUnit.MINUTES));
  }

  @Test
  void looksAtALegalHoldDaily() {
    assertThat(nextAttempt(commitLocked(null)))
        .isCloseTo(inOneDay(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void tellsOnceOfADeletionThatIsDeadBesideALock() {
    var held = prefix() + "held";
    var bucket = pipeline().lockedBucket();
    pipeline().objects().hold(bucket, held, pipeline().objects().put(bucket, held, new byte[1]));
    pipeline().objects().put(pipeline().bucket(), prefix() + "denied/a", new byte[1]);
    var deletion = pipeline().dataset().at(uri(bucket)).at(uri()).commit();
    patiently().until(() -> count(deletion, "purge_task", "state in ('DEAD', 'RETAINED')") == 2);
    var told = ends(deletion);
    assertThat(told).isPositive();

    lookAgain(deletion);

    assertThat(ends(deletion)).isEqualTo(told);
  }

  @Test
  void tellsOnceOfWhatIsLockedHoweverOftenItIsLookedAt() {
    var deletion = commitLocked(null);
    deletion.await(RETAINED);

    lookAgain(deletion);
    lookAgain(deletion);

    deletion.await(RETAINED);
    assertThat(ends(deletion)).isOne();
  }

  @Test
  void purgesWhatWasHeldOnceTheHoldIsLifted() {
    var bucket = pipeline().lockedBucket();
    var key = prefix() + "held";
    var version = pipeline().objects().put(bucket, key, new byte[1]);
    pipeline().objects().hold(bucket, key, version);
    var deletion = pipeline().dataset().at(uri(bucket)).commit();
    assertThat(deletion.await(RETAINED).objects()).isEqualTo(new Tally(1, 0, 0, 1, 0));

    pipeline().objects().letGo(bucket, key, version);
    comeBack(deletion);

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(1));
    assertThat(pipeline().objects().listVersions(bucket, prefix())).isEmpty();
    assertThat(ends(deletion)).isEqualTo(2);
  }

  private void lookAgain(Deletion deletion) {
    var looks =
        "select coalesce(sum(slices), 0) from purge_task where state = 'RETAINED' and deletion_id = ?";
    var before = pipeline().records().number(looks, deletion.id());
    comeBack(deletion);
    patiently().until(() -> pipeline().records().number(looks, deletion.id()) > before);
  }

  /** As if the time had come. */
  private void comeBack(Deletion deletion) {
    pipeline()
        .records()
        .change("update outbox set available_at = now() where deletion_id = ?", deletion.id());
  }

  private long ends(Deletion deletion) {
    return count(deletion, "audit_entry", "act = 'deletion.finish'");
  }

  private long count(Deletion deletion, String table, String which) {
    var sql = "select count(*) from " + table + " where deletion_id = ? and " + which;
    return pipeline().records().number(sql, deletion.id());
  }

  /** One version under a legal hold, and one that is locked until a date, if there is one. */
  private Deletion commitLocked(@Nullable Instant until) {
    var bucket = pipeline().lockedBucket();
    var held = prefix() + "held";
    pipeline().objects().hold(bucket, held, pipeline().objects().put(bucket, held, new byte[1]));
    if (until != null) {
      var key = prefix() + "locked";
      var version = pipeline().objects().put(bucket, key, new byte[1]);
      pipeline().objects().retain(bucket, key, version, RetentionMode.GOVERNANCE, until);
    }
    return pipeline().dataset().at(uri(bucket)).commit();
  }

  private static Instant nextAttempt(Deletion deletion) {
    return Objects.requireNonNull(deletion.await(RETAINED).nextAttemptAt());
  }

  private static Instant inOneDay() {
    return Instant.now().plus(Duration.ofDays(1));
  }
}
