package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.TcpProxy;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two stores that spell one server differently. */
class TwoNamesTest {

  @AutoClose private final Pipeline pipeline = Pipeline.on(Servers.shared());
  private final LiveNeighbours neighbours = new LiveNeighbours(pipeline.objects());

  @AutoClose
  private final TcpProxy elsewhere =
      new TcpProxy(pipeline.servers().minio().access().endpoint().getPort());

  @AfterEach
  void neighboursAreUntouched() {
    neighbours.assertUntouched();
  }

  @Test
  void purgeNothingThatIsAliveByTheOtherNameThoughNothingWasEverPurgedByIt() {
    var bucket = pipeline.bucket();
    pipeline.register("s3://other/" + bucket + "/run-1/");
    pipeline.objects().put(bucket, "run-1/alive", new byte[10]);
    neighbours.settleBeside(bucket, "run-1/");

    startWithASecondNameFor(pipeline.otherBucket() + "," + bucket);
    var deletion = pipeline.dataset().at("s3://main/" + bucket + "/run-1/").commit();

    deletion.awaitTask(task -> "OUTAGE".equals(task.errorClass()));
    assertThat(deletion.task().objects()).isEqualTo(Tally.purged(0));
    assertThat(pipeline.objects().contents(bucket, "run-1/")).hasSize(1);
  }

  @Test
  void purgeNothingByEitherNameOfABucketUntilOneIsGone() {
    var bucket = pipeline.bucket();
    pipeline.start();
    pipeline.dataset().at("s3://main/" + bucket + "/first/").commit().await(PURGED);
    pipeline.stop();
    startWithASecondNameFor(bucket);
    neighbours.settleBeside(bucket, "second/");

    var bySecondName = pipeline.dataset().at("s3://other/" + bucket + "/second/").commit();
    var byFirstName = pipeline.dataset().at("s3://main/" + bucket + "/third/").commit();
    byFirstName.awaitTask(task -> "OUTAGE".equals(task.errorClass()));

    patiently()
        .untilAsserted(() ->
            assertThat(pipeline.records().problem("s3://other/" + bucket))
                .contains("s3://main/" + bucket)
                .contains("one place under two names"));
    assertThat(bySecondName.deadLetters()).isEmpty();
    assertThat(byFirstName.task().attempts()).isZero();
    pipeline.stop();
    pipeline
        .records()
        .change("update store_identity set observed_at = now() - interval '6 minutes'");
    pipeline.start();
    byFirstName.await(PURGED);
  }

  /** The store {@code other} leads to the same server. */
  private void startWithASecondNameFor(String buckets) {
    pipeline.start(
        "object-stores.other.endpoint=http://127.0.0.1:" + elsewhere.port(),
        "object-stores.other.buckets=" + buckets);
  }
}
