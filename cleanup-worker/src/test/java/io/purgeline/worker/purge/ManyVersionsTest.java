package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.minio.messages.RetentionMode;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.StoredVersion;
import io.purgeline.worker.objects.Fault;
import io.purgeline.worker.objects.FaultyProxy;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A key whose versions are more than a page shows and more than a slice removes. */
class ManyVersionsTest {

  private static final String PREFIX = "run-1/";
  private static final String OFTEN = PREFIX + "often";
  private static final int VERSIONS = 1_050;
  private static final int LOCKED = 4;
  private static final Duration SLICE = Duration.ofMillis(300);

  @AutoClose private final FaultyProxy proxy = new FaultyProxy(Servers.shared().minio().endpoint());
  @AutoClose private final Pipeline pipeline = Pipeline.on(Servers.shared());
  private final LiveNeighbours neighbours = new LiveNeighbours(pipeline.objects());
  private final String bucket = pipeline.lockedBucket();

  @AfterEach
  void neighboursAreUntouched() {
    neighbours.assertUntouched();
  }

  /** Those that stay lie on both sides of where the first slice ends. */
  @Test
  void goesOnInsideAKeyAndCountsEachVersionOnce() {
    lockSome();
    pipeline.objects().putVersions(bucket, OFTEN, VERSIONS, 2);
    lockSome();
    pipeline.objects().put(bucket, PREFIX + Pipeline.DENIED + "/x", new byte[5]);
    neighbours.settleBeside(bucket, PREFIX);

    var task = commitAndEndTheFirstSliceBeforeTheSecondPage().await(DEAD);

    assertThat(task.objects())
        .isEqualTo(new Tally(VERSIONS + 2 * LOCKED + 1, VERSIONS, 0, 2 * LOCKED, 1));
    assertThat(task.bytes())
        .isEqualTo(new Tally(2 * VERSIONS + 6 * LOCKED + 5, 2 * VERSIONS, 0, 6 * LOCKED, 5));
    assertThat(task.generation()).isGreaterThan(2);
    assertThat(pipeline.objects().listVersions(bucket, PREFIX))
        .extracting(StoredVersion::key)
        .filteredOn(OFTEN::equals)
        .hasSize(2 * LOCKED);
  }

  private void lockSome() {
    var until = Instant.now().plus(1, ChronoUnit.DAYS);
    for (int i = 0; i < LOCKED; i++) {
      var version = pipeline.objects().put(bucket, OFTEN, new byte[3]);
      pipeline.objects().retain(bucket, OFTEN, version, RetentionMode.GOVERNANCE, until);
    }
  }

  private Deletion commitAndEndTheFirstSliceBeforeTheSecondPage() {
    var secondPage = new CountDownLatch(1);
    proxy.inject(
        Fault.silentUntil(secondPage).times(1).where(raw -> raw.contains("version-id-marker=")));
    pipeline.start(
        "object-stores.main.endpoint=" + proxy.endpoint(),
        "purge.slice=" + SLICE.toMillis() + "ms",
        "purge.max-objects-per-second=1500",
        "retry.max-attempts=1");
    var deletion = pipeline.dataset().at("s3://main/" + bucket + "/" + PREFIX).commit();
    patiently().during(SLICE.multipliedBy(2)).until(() -> deletion.task().leaseOwner() != null);
    secondPage.countDown();
    return deletion;
  }
}
