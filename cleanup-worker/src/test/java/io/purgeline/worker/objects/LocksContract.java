package io.purgeline.worker.objects;

import static io.minio.messages.RetentionMode.COMPLIANCE;
import static io.minio.messages.RetentionMode.GOVERNANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Buckets in which a version may be under retention or legal hold. */
interface LocksContract extends StoreUnderTest {

  @Test
  default void aLockedVersionIsRetainedWithItsDateWhileTheOthersGo() {
    var bucket = fixture().newLockedBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    var until = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    var later = until.plus(Duration.ofDays(1));
    lock(bucket, PREFIX + "governance", until);
    fixture().retain(bucket, PREFIX + "compliance", put(bucket, "compliance"), COMPLIANCE, later);
    fixture().hold(bucket, PREFIX + "hold", put(bucket, "hold"));
    fixture().putMany(bucket, PREFIX + "free-", 20, 1);

    var outcomes = outcomesByKey(bucket);

    assertThat(outcomes.remove(PREFIX + "governance")).isEqualTo(new Retained(until));
    assertThat(outcomes.remove(PREFIX + "compliance")).isEqualTo(new Retained(later));
    assertThat(outcomes.remove(PREFIX + "hold")).isEqualTo(new Retained(null));
    assertThat(outcomes.values()).hasSize(20).containsOnly(new Removed());
    assertThat(fixture().listVersions(bucket, PREFIX)).hasSize(3).noneMatch(v -> v.marker());
    neighbours.assertUntouched();
  }

  @Test
  default void eachLockedVersionOfOneKeyHasItsOwnDate() {
    var bucket = fixture().newLockedBucket();
    var first = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    var second = first.plus(Duration.ofDays(5));
    lock(bucket, PREFIX + "a", first);
    put(bucket, "a");
    lock(bucket, PREFIX + "a", second);

    // The newest version comes first.
    assertThat(purge(bucket))
        .containsExactly(new Retained(second), new Removed(), new Retained(first));
  }

  @Test
  default void aLockedKeyThatIsSentAloneIsRetainedToo() {
    var bucket = fixture().newLockedBucket();
    var until = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    lock(bucket, PREFIX + "a\u0001b", until);
    assertThat(purge(bucket)).containsExactly(new Retained(until));
  }

  @Test
  default void aBucketSaysWhetherItsObjectsMayBeLocked() {
    assertThat(store().bucket(fixture().newLockedBucket()))
        .matches(Bucket::locked)
        .matches(Bucket::versioned);
  }

  private void lock(String bucket, String key, Instant until) {
    var version = fixture().put(bucket, key, new byte[1]);
    fixture().retain(bucket, key, version, GOVERNANCE, until);
  }

  private String put(String bucket, String name) {
    return fixture().put(bucket, PREFIX + name, new byte[1]);
  }

  private Map<String, DeleteOutcome> outcomesByKey(String bucket) {
    List<ObjectEntry> listed = listAll(bucket);
    var outcomes = store().delete(store().bucket(bucket), listed);
    return IntStream.range(0, listed.size())
        .boxed()
        .collect(Collectors.toMap(i -> listed.get(i).key(), outcomes::get));
  }
}
