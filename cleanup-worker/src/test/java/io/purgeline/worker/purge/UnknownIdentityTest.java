package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.objects.Fault;
import io.purgeline.worker.objects.FaultyProxy;
import io.purgeline.worker.testing.Bulk;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A bucket that cannot be told from another one is an outage until somebody says that it is his.
 */
class UnknownIdentityTest {

  /** What a store answers to a user who may not list its buckets. */
  private static final Fault DENIED =
      Fault.always(
          403, "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>");

  @AutoClose private final FaultyProxy proxy = new FaultyProxy(Servers.shared().minio().endpoint());
  @AutoClose private Pipeline pipeline;
  private LiveNeighbours neighbours;

  @BeforeEach
  void start() {
    pipeline = Pipeline.on(Servers.shared());
    neighbours = new LiveNeighbours(pipeline.objects());
    neighbours.settleBeside(pipeline.bucket(), "run-1/");
  }

  @AfterEach
  void neighboursAreUntouched() {
    neighbours.assertUntouched();
  }

  @Test
  void waitsUntilAnOperatorHasConfirmedIt() {
    start(listingOfBuckets(DENIED));

    var deletion = commit("run-1/");

    assertWaits(deletion, pipeline.bucket());
    assertThat(pipeline.records().problem(place(pipeline.bucket())))
        .isEqualTo(
            "the identity of bucket %s cannot be told: let this user list buckets (s3:ListAllMyBuckets), or confirm it by POST /api/v1/stores/identity"
                .formatted(pipeline.bucket()));
    assertThat(pipeline.records().acceptIdentity(place(pipeline.bucket()))).isOne();

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
    assertThat(identity(pipeline.bucket())).isEqualTo("unknown");
    assertThat(commit("run-2/").await(PURGED).errorClass()).as("accepted for good").isNull();
    assertThat(pipeline.records().problem(place(pipeline.bucket()))).isNull();
  }

  @Test
  void goesOnByItselfOnceItMayListBuckets() {
    start(listingOfBuckets(DENIED));
    var deletion = commit("run-1/");
    assertWaits(deletion, pipeline.bucket());

    proxy.inject(Fault.NONE);

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
    assertThat(identity(pipeline.bucket())).startsWith("created ");
    assertThat(pipeline.records().problem(place(pipeline.bucket()))).isNull();
  }

  @Test
  void waitsForABucketThatTheListingDoesNotShow() {
    var name = "<Name>" + pipeline.bucket() + "</Name>";
    start(listingOfBuckets(Fault.rewriting(text -> text.replace(name, "<Name>another</Name>"))));
    var deletion = commit("run-1/");
    deletion.awaitTask(task -> "OUTAGE".equals(task.errorClass()));
    assertWaits(deletion, pipeline.bucket());
    assertThat(pipeline.records().problem(place(pipeline.bucket()))).contains("cannot be told");

    proxy.inject(Fault.NONE);

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
  }

  @Test
  void takesNothingForAbsentInABucketThatMayHaveBeenMadeAnew() {
    var bucket = pipeline.versionedBucket();
    var uri = place(bucket) + "/";
    start(Fault.NONE);
    pipeline.dataset().at(uri + "first/").commit().await(PURGED);
    proxy.inject(listingOfBuckets(DENIED));
    Bulk.removeBucket(pipeline.servers().minio().access(), bucket);
    pipeline.objects().makeBucket(bucket, false);

    var second = pipeline.dataset().at(uri + "second/").registered(List.of("second/a"), 7).commit();

    second.awaitTask(task -> "OUTAGE".equals(task.errorClass()));
    assertWaits(second, bucket);
    assertThat(pipeline.records().problem(place(bucket))).contains("cannot be told");
    proxy.inject(Fault.NONE);
    patiently()
        .untilAsserted(
            () -> assertThat(pipeline.records().problem(place(bucket))).contains("not the one"));
    assertWaits(second, bucket);
  }

  /** Of everything a worker asks, this alone. */
  private static Fault listingOfBuckets(Fault fault) {
    return (exchange, store) ->
        (exchange.getRequestURI().getPath().equals("/") ? fault : Fault.NONE)
            .answer(exchange, store);
  }

  private Deletion commit(String prefix) {
    pipeline.objects().putMany(pipeline.bucket(), prefix, 3, 1);
    return pipeline.dataset().at(place(pipeline.bucket()) + "/" + prefix).commit();
  }

  /** The worker meets its buckets like this from the first look on. */
  private void start(Fault fault) {
    proxy.inject(fault);
    pipeline.start("object-stores.main.endpoint=" + proxy.endpoint());
  }

  private void assertWaits(Deletion deletion, String bucket) {
    patiently().until(() -> pipeline.records().problem(place(bucket)) != null);
    var task = deletion.task();
    assertThat(task.attempts()).isZero();
    assertThat(task.objects()).isEqualTo(Tally.purged(0));
    assertThat(deletion.deadLetters()).isEmpty();
  }

  private String identity(String bucket) {
    return pipeline
        .records()
        .texts("select identity from store_identity where place = ?", place(bucket))
        .getFirst();
  }

  private static String place(String bucket) {
    return "s3://main/" + bucket;
  }
}
