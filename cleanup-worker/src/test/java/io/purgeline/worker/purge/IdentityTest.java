package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.testing.Bulk;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Seed;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.TaskView;
import io.purgeline.worker.testing.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A place that is missing, or not the one it was, is an outage and never an empty place. */
class IdentityTest {

  private Pipeline pipeline;
  private Path root;
  private LiveNeighbours neighbours;

  @BeforeEach
  void start() {
    pipeline = Pipeline.started();
    root = pipeline.root("trainings");
    neighbours = new LiveNeighbours(pipeline.objects());
    neighbours.settleBeside(root.resolve("first"));
    neighbours.settleBeside(root.resolve("second"));
  }

  @AfterEach
  void close() {
    try {
      neighbours.assertUntouched();
    } finally {
      pipeline.close();
    }
  }

  @Test
  void waitsForAnOperatorWhenABucketIsMissingOrAnotherOne() {
    var place = "s3://other/" + pipeline.otherBucket();
    inOtherBucket("first/").commit().await(PURGED);
    Bulk.removeBucket(pipeline.servers().minio().access(), pipeline.otherBucket());

    var deletion = inOtherBucket("second/").commit();

    assertWaits(deletion);
    patiently().until(() -> pipeline.records().problem(place) != null);
    assertThat(pipeline.records().acceptIdentity(place)).isZero();
    pipeline.objects().makeBucket(pipeline.otherBucket(), false);
    neighbours.settleBeside(pipeline.otherBucket(), "second/");
    patiently()
        .untilAsserted(
            () -> assertThat(pipeline.records().problem(place)).contains("not the one it was"));
    assertWaits(deletion);
    purgesElsewhere();

    assertThat(pipeline.records().acceptIdentity(place)).isOne();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(new Tally(2, 0, 2, 0, 0));
    assertThat(task.attempts()).isZero();
    patiently().until(() -> pipeline.records().problem(place) == null);
  }

  @Test
  void asksEverMoreRarelyForABucketThatIsMissingWhileItsStoreIsUp() {
    var bucket = pipeline.versionedBucket();
    var uri = "s3://main/" + bucket + "/";
    pipeline.dataset().at(uri + "first/").commit().await(PURGED);
    Bulk.removeBucket(pipeline.servers().minio().access(), bucket);

    var deletion = pipeline.dataset().at(uri + "second/").commit();

    assertWaits(deletion);
    deletion.awaitTask(task -> isAfter(task, Duration.ofSeconds(3)));
    assertWaits(deletion);
    purgesElsewhere();
    pipeline.objects().makeBucket(bucket, false);
    var place = "s3://main/" + bucket;
    patiently()
        .untilAsserted(
            () -> assertThat(pipeline.records().problem(place)).contains("not the one it was"));
    assertThat(pipeline.records().acceptIdentity(place)).isOne();

    assertThat(deletion.await(PURGED).attempts()).isZero();
  }

  @Test
  void reportsABucketThatIsOutOfReachUntilItIsBackThoughNobodyAsksForIt() {
    var bucket = pipeline.versionedBucket();
    var place = "s3://main/" + bucket;
    pipeline.dataset().at(place + "/first/").commit().await(PURGED);
    Bulk.removeBucket(pipeline.servers().minio().access(), bucket);
    patiently().until(() -> outages().isEmpty());

    assertWaits(pipeline.dataset().at(place + "/second/").commit());

    patiently()
        .untilAsserted(() ->
            assertThat(outages())
                .singleElement()
                .asString()
                .startsWith("purgeline.objects.main ")
                .contains(bucket));
    pipeline.awaitFrozen();
    pipeline.objects().makeBucket(bucket, false);
    patiently().until(() -> pipeline.records().acceptIdentity(place) == 1);
    patiently().until(() -> outages().isEmpty());
    pipeline.thaw();
  }

  private List<String> outages() {
    return pipeline.records().texts("select queue || ' ' || problem from store_outage");
  }

  /** Whether its next attempt is that far away. */
  private static boolean isAfter(TaskView task, Duration delay) {
    var next = task.nextAttemptAt();
    return next != null && next.isAfter(Instant.now().plus(delay));
  }

  @Test
  void waitsWhileARootHasLostItsMarker() throws IOException {
    var marker = root.resolve(".purgeline-root");
    commitDirectory("first").await(PURGED);
    Tree.fill(root.resolve("second"), 5, 1);
    var kept = Files.readAllBytes(marker);
    Files.delete(marker);

    var deletion = commitDirectory("second");

    assertWaits(deletion);
    assertThat(pipeline.records().problem("dir://trainings")).contains("no marker file");
    assertThat(Tree.contents(root.resolve("second"))).hasSize(5);
    purgesElsewhere();
    Files.write(marker, kept);

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(5));
  }

  @Test
  void waitsWhileARootIsMissing() throws IOException {
    commitDirectory("first").await(PURGED);
    Tree.fill(root.resolve("second"), 5, 1);
    var unmounted = root.resolveSibling("unmounted");
    Files.move(root, unmounted);

    var deletion = commitDirectory("second");

    assertWaits(deletion);
    assertThat(pipeline.records().problem("dir://trainings")).isNotNull();
    Files.move(unmounted, root);

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(5));
  }

  private static void assertWaits(Deletion deletion) {
    var task = deletion.awaitTask(waiting -> "OUTAGE".equals(waiting.errorClass()));
    assertThat(task.attempts()).isZero();
    assertThat(task.objects()).isEqualTo(Tally.purged(0));
    assertThat(deletion.deadLetters()).isEmpty();
  }

  private void purgesElsewhere() {
    var uri = "s3://main/" + pipeline.bucket() + "/elsewhere/";
    neighbours.settleBeside(pipeline.bucket(), "elsewhere/");
    pipeline.dataset().at(uri).commit().await(PURGED);
  }

  /** A dataset of two registered objects, which are not there. */
  private Seed inOtherBucket(String prefix) {
    var uri = "s3://other/" + pipeline.otherBucket() + "/" + prefix;
    return pipeline.dataset().at(uri).registered(List.of(prefix + "a", prefix + "b"), 0);
  }

  private Deletion commitDirectory(String path) {
    return pipeline.training().at("dir://trainings/" + path).commit();
  }
}
