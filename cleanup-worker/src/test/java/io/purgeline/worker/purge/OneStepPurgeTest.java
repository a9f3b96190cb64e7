package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.objects.Fault;
import io.purgeline.worker.objects.FaultyProxy;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purges of a store whose operator lets prefixes go in one step. */
class OneStepPurgeTest {

  private static final String PREFIX = "run-1/";
  private static final int OBJECTS = 2_500;
  private static final String DENIED =
      "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";

  @AutoClose private final FaultyProxy proxy = new FaultyProxy(Servers.shared().minio().endpoint());
  @AutoClose private final Pipeline pipeline = Pipeline.on(Servers.shared());
  private final LiveNeighbours neighbours = new LiveNeighbours(pipeline.objects());
  private final String[] settings = {
    "object-stores.main.endpoint=" + proxy.endpoint(),
    "object-stores.main.prefix-removal=true",
    "worker.request-timeout=10s"
  };
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger removals = new AtomicInteger();
  private List<String> keys;

  @BeforeEach
  void fill() {
    keys = pipeline.fill(pipeline.bucket(), PREFIX, OBJECTS, 10);
    neighbours.settleBeside(pipeline.bucket(), PREFIX);
    removalIs(Fault.NONE);
  }

  @AfterEach
  void onlyWhatWasDeletedIsGone() {
    assertThat(pipeline.objects().contents(pipeline.bucket(), PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  void purgesWithoutNamingAKeyAndCountsEachOnce() {
    var registered = new ArrayList<>(keys);
    registered.addAll(List.of(PREFIX + "gone-1", PREFIX + "gone-2"));
    pipeline.start(settings);

    var deletion = pipeline.dataset().at(uri()).registered(registered, 10).commit();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(new Tally(OBJECTS + 2, OBJECTS, 2, 0, 0));
    assertThat(task.bytes()).isEqualTo(new Tally(OBJECTS * 10 + 20, OBJECTS * 10, 20, 0, 0));
    assertThat(deletion.samples()).isZero();
    assertThat(removals).hasPositiveValue();
    if (task.generation() == 1) { // one that was interrupted may go on otherwise
      assertThat(batches).hasValue(0);
    }
  }

  @Test
  void asksForNothingWhereNothingIs() {
    pipeline.start(settings);
    assertPurged(commit(), OBJECTS);
    removalIs(Fault.NONE);

    assertPurged(commit(), 0);

    assertThat(removals).hasValue(0);
  }

  @Test
  void sendsBatchesToAStoreThatRefuses() {
    removalIs(Fault.always(403, DENIED));
    pipeline.start(settings);

    assertPurged(commit(), OBJECTS);

    assertThat(batches).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void sendsBatchesToAStoreThatBreaksDownEachTime() {
    removalIs(Fault.always(500, "<Error><Code>InternalError</Code></Error>"));
    pipeline.start(settings);

    assertPurged(commit(), OBJECTS);

    assertThat(batches).hasValueGreaterThanOrEqualTo(3);
  }

  /** What it skips may have been asked for while the prefix was being listed. */
  @Test
  void sendsBatchesIfSomebodyWantsToBeToldByNow() {
    var listed = new AtomicBoolean();
    var rules =
        "<NotificationConfiguration><QueueConfiguration><Id>1</Id><Queue>arn:minio:sqs::1:webhook</Queue><Event>s3:ObjectRemoved:*</Event></QueueConfiguration></NotificationConfiguration>";
    Fault told =
        (exchange, store) ->
            (listed.get() ? Fault.always(200, rules) : Fault.NONE).answer(exchange, store);
    answers(
        Fault.NONE,
        (exchange, store) -> {
          var query = String.valueOf(exchange.getRequestURI().getRawQuery());
          if (query.contains("continuation-token=")) {
            listed.set(true);
          }
          told.where(raw -> raw.startsWith("notification")).answer(exchange, store);
        });
    pipeline.start(settings);

    assertPurged(commit(), OBJECTS);

    assertThat(removals).hasValue(0);
    assertThat(batches).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void purgesEveryVersionAndDeleteMarker() {
    var bucket = pipeline.versionedBucket();
    pipeline.objects().putVersions(bucket, PREFIX + "often", 30, 10);
    pipeline.objects().put(bucket, PREFIX + "deleted", new byte[5]);
    pipeline.objects().delete(bucket, PREFIX + "deleted");
    pipeline.start(settings);

    var task = pipeline.dataset().at("s3://main/" + bucket + "/" + PREFIX).commit().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(32));
    assertThat(task.bytes()).isEqualTo(Tally.purged(305));
    assertThat(removals).hasPositiveValue();
    assertPurged(commit(), OBJECTS);
  }

  /** It takes it for the removal of an object of this name. */
  @Test
  void sendsBatchesToAStoreThatDoesNotKnowIt() {
    removalIs(Fault.always(204, ""));
    pipeline.start(settings);

    assertPurged(commit(), OBJECTS);

    assertThat(removals).hasPositiveValue();
    assertThat(batches).hasValueGreaterThanOrEqualTo(3);
  }

  /** Nothing is removed before the end of the listing, however many slices it takes. */
  @Test
  void goesOnBookingInTheNextSlice() {
    var secondPage = new CountDownLatch(1);
    answers(
        Fault.NONE,
        Fault.silentUntil(secondPage).times(1).where(raw -> raw.contains("continuation-token=")));
    pipeline.start(with("purge.slice=5s", "worker.request-timeout=1m"));

    var deletion = commit();
    patiently().until(() -> deletion.task().objects().planned() > 0);
    patiently().until(() -> deletion.task().barrenClaims() == 0); // booking is progress
    patiently().during(Duration.ofSeconds(6)).until(() -> removals.get() == 0);
    assertThat(pipeline.objects().listVersions(pipeline.bucket(), PREFIX)).hasSize(OBJECTS);
    secondPage.countDown();

    assertPurged(deletion, OBJECTS);
    assertThat(deletion.task().generation()).isGreaterThan(1);
    assertThat(removals).hasPositiveValue();
    if (deletion.task().generation() == 2) {
      assertThat(batches).hasValue(0);
    }
  }

  @Test
  void countsOnceWhatWentBeforeAWorkerWasKilled() throws InterruptedException {
    var never = new CountDownLatch(1);
    removalIs(Fault.silentUntil(never));
    try (var worker = pipeline.launch(with("worker.lease=2s"))) {
      var deletion = commit();
      patiently().until(() -> pipeline.objects().listVersions(pipeline.bucket(), PREFIX).isEmpty());
      worker.kill();
      assertThat(deletion.task().objects().purged()).isZero();
      removalIs(Fault.NONE);
      pipeline.start(settings);

      assertPurged(deletion, OBJECTS);
    } finally {
      never.countDown();
    }
  }

  @Test
  void repeatsARemovalWithoutAnswerAndKeepsThePlaceMeanwhile() {
    Fault cutOff =
        (exchange, store) -> {
          store.ask();
          exchange.close();
        };
    removalIs(cutOff.times(1));
    pipeline.start(settings);

    var deletion = commit();

    assertPurged(deletion, OBJECTS);
    assertThat(removals).hasValueGreaterThanOrEqualTo(2);
    var notBefore =
        """
        select count(*) from purge_task t join deletion d on d.id = t.deletion_id
        where d.id = ? and d.finished_at >= t.quarantine_until
        """;
    assertThat(pipeline.records().number(notBefore, deletion.id())).isOne();
  }

  @Test
  void findsWhatIsWrittenAfterTheRemoval() {
    var late = PREFIX + "late";
    removalIs(afterwards(() -> pipeline.objects().put(pipeline.bucket(), late, new byte[7])));
    pipeline.start(settings);

    var task = assertPurged(commit(), OBJECTS + 1);

    assertThat(task.bytes().purged()).isEqualTo(OBJECTS * 10 + 7);
  }

  /** It is no part of the prefix, and would go with it all the same. */
  @Test
  void neverRemovesTheKeyThatHidesThePrefix() {
    var shadow = PREFIX.substring(0, PREFIX.length() - 1);
    var pages = new AtomicInteger();
    Fault shadowed =
        afterwards(() -> {
          if (pages.incrementAndGet() == 2) {
            pipeline.objects().put(pipeline.bucket(), shadow, new byte[3]);
          }
        });
    answers(Fault.NONE, shadowed.where(raw -> raw.contains("continuation-token=")));
    pipeline.start(settings);

    var deletion = commit();

    assertThat(deletion.await(DEAD).objects().purged()).isEqualTo(OBJECTS);
    assertThat(deletion.failures()).anyMatch(failure -> failure.contains("ShadowedPrefix"));
    assertThat(removals).hasValue(0);
    assertThat(pipeline.objects().contents(pipeline.bucket(), shadow)).containsKey(shadow);
    pipeline.objects().delete(pipeline.bucket(), shadow);
  }

  /** Why an operator has to ask for it. */
  @Test
  void removesWhatTheWorkerCouldNotHaveRemovedByName() {
    var denied = PREFIX + Pipeline.DENIED + "/x";
    pipeline.objects().put(pipeline.bucket(), denied, new byte[10]);
    pipeline.start(settings);

    assertPurged(commit(), OBJECTS + 1);
  }

  private TaskView assertPurged(Deletion deletion, long objects) {
    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(objects));
    return task;
  }

  /** Something happens between what the store does and its answer. */
  private static Fault afterwards(Runnable event) {
    return (exchange, store) ->
        Fault.NONE.answer(
            exchange,
            () -> {
              var answer = store.ask();
              event.run();
              return answer;
            });
  }

  private void removalIs(Fault fault) {
    answers(fault, Fault.NONE);
  }

  /** Counts removals of prefixes, and batches. */
  private void answers(Fault ofRemovals, Fault ofOthers) {
    removals.set(0);
    batches.set(0);
    proxy.inject((exchange, store) -> {
      if (isRemovalOfAPrefix(exchange)) {
        removals.incrementAndGet();
        ofRemovals.answer(exchange, store);
      } else {
        if (isBatch(exchange)) {
          batches.incrementAndGet();
        }
        ofOthers.answer(exchange, store);
      }
    });
  }

  private static boolean isRemovalOfAPrefix(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey("x-minio-force-delete");
  }

  private static boolean isBatch(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestURI().getRawQuery()).startsWith("delete");
  }

  private String[] with(String... more) {
    var all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Deletion commit() {
    return pipeline.dataset().at(uri()).commit();
  }

  private String uri() {
    return "s3://main/" + pipeline.bucket() + "/" + PREFIX;
  }
}
