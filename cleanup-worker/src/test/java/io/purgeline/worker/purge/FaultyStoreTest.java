package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.worker.objects.Fault;
import io.purgeline.worker.objects.FaultyProxy;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that answers wrongly now and then, and one that changes between two requests. */
class FaultyStoreTest {

  private static final String INTERNAL = "<Error><Code>InternalError</Code></Error>";
  private static final int MOST_ATTEMPTS = 3;
  private static final String KEY = "run-1/late";

  private final CountDownLatch answers = new CountDownLatch(1);
  private final FaultyProxy proxy = new FaultyProxy(Servers.shared().minio().endpoint());
  private Pipeline pipeline;
  private Map<String, String> neighbours;

  @BeforeEach
  void start() {
    pipeline =
        Pipeline.started(
            "object-stores.main.endpoint=" + proxy.endpoint(), "worker.request-timeout=8s");
    pipeline.objects().put(pipeline.bucket(), "run-10/live", new byte[3]);
    neighbours = pipeline.objects().contents(pipeline.bucket(), "");
  }

  @AfterEach
  void close() {
    answers.countDown();
    assertThat(pipeline.objects().contents(pipeline.bucket(), "")).isEqualTo(neighbours);
    pipeline.close();
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"versioning", "object-lock", "list-type=2", "delete", "uploads"})
  void repeatsACallThatFailedTwiceAndCountsNoAttempt(String query) {
    pipeline.objects().putMany(pipeline.bucket(), "run-1/", 3, 10);
    proxy.inject(
        Fault.always(500, INTERNAL)
            .times(2)
            .where(raw -> raw.startsWith(query) || raw.contains("&" + query)));

    var task = pipeline.dataset().at(uri()).commit().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(3));
    assertThat(task.errorClass()).as("neither an attempt nor an outage").isNull();
  }

  /** Not even together with others; a store may choke on one entry for as long as it likes. */
  @Test
  void purgesEverythingButTheOneObjectThatTheStoreNeverTakes() {
    var keys = pipeline.fill(pipeline.bucket(), "run-1/", 1_100, 10);
    var poison = keys.get(700);
    proxy.inject(
        Fault.always(400, "<Error><Code>MalformedXML</Code><Message>what?</Message></Error>")
            .whereBodyHas("<Key>" + poison + "</Key>"));

    var deletion = pipeline.dataset().at(uri()).commit();
    var task = deletion.await(DEAD);

    assertThat(task.objects()).isEqualTo(new Tally(1_100, 1_099, 0, 0, 1));
    assertThat(deletion.failures()).containsExactly("MalformedXML " + poison);
    assertThat(pipeline.records().number("select count(*) from purge_batch")).isZero();
    pipeline.objects().delete(pipeline.bucket(), poison);
  }

  /** Hundreds of entries to blame would be hundreds of requests, each repeated, for nothing. */
  @Test
  void doesNotTryEveryEntryOfAStoreThatTakesNothing() {
    pipeline.fill(pipeline.bucket(), "run-1/", 100, 10);
    proxy.inject(
        Fault.always(501, "<Error><Code>NotImplemented</Code><Message>no</Message></Error>")
            .whereBodyHas("<Key>run-1/"));

    var deletion = pipeline.dataset().at(uri()).commit();
    var task = deletion.awaitTask(TaskState.DEAD);

    assertThat(deletion.failures().stream().filter(f -> f.startsWith("NotImplemented")))
        .as("tried one by one")
        .hasSizeLessThan(60);
    assertThat(task.objects()).as("nothing is left out").isEqualTo(new Tally(100, 0, 0, 0, 100));
    assertThat(task.bytes()).isEqualTo(new Tally(1_000, 0, 0, 0, 1_000));
    assertThat(deletion.failures()).anyMatch(f -> f.startsWith("Unanswered run-1/"));
    assertThat(pipeline.objects().contents(pipeline.bucket(), "run-1/")).hasSize(100);

    proxy.inject(Fault.NONE);
    deletion.putBack(deletion.group());

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(100));
    assertThat(deletion.failures()).isEmpty();
  }

  static Stream<Named<Fault>> refusals() {
    return Stream.of(
        Named.of("503 SlowDown", Fault.always(503, "<Error><Code>SlowDown</Code></Error>")),
        Named.of("429", Fault.always(429, "<Error><Code>TooManyRequests</Code></Error>")),
        Named.of(
            "SlowDownWrite for one key",
            Fault.always(
                200,
                """
                <DeleteResult><Error><Key>run-1/000003</Key><Code>SlowDownWrite</Code></Error></DeleteResult>
                """)));
  }

  /** It answers everything else: no probe finds anything wrong with it. */
  @ParameterizedTest
  @MethodSource("refusals")
  void waitsAsLongAsAStoreAsksForFewerRemovalsAndCountsNoAttempt(Fault refusal) {
    pipeline.objects().putMany(pipeline.bucket(), "run-1/", 8, 10);
    var removals = new AtomicInteger();
    Fault counted =
        (exchange, store) -> {
          removals.incrementAndGet();
          refusal.answer(exchange, store);
        };
    proxy.inject(counted.where(raw -> raw.startsWith("delete")));

    var deletion = pipeline.dataset().at(uri()).commit();
    var waiting =
        deletion.awaitTask(task ->
            task.state() == TaskState.DEAD
                || (task.state() == TaskState.WAITING && task.generation() > 2 * MOST_ATTEMPTS));

    assertThat(waiting.state()).isEqualTo(TaskState.WAITING);
    assertThat(waiting.attempts()).isZero();
    assertThat(waiting.errorClass()).isEqualTo("OUTAGE");
    var slices = "select slices from purge_task where deletion_id = ?";
    assertThat((long) removals.get())
        .as("a request and its repetitions, never in halves")
        .isLessThanOrEqualTo(3 * pipeline.records().number(slices, deletion.id()));
    var paused =
        """
        select count(*) from purge_task
        where deletion_id = ? and next_attempt_at - last_error_at > interval '80 ms'
        """;
    patiently().until(() -> pipeline.records().number(paused, deletion.id()) == 1);

    proxy.inject(Fault.NONE);

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(8));
    assertThat(deletion.history()).isEmpty();
    assertThat(deletion.deadLetters()).isEmpty();
  }

  /** Sent apart, every request of an unversioned purge would hide each key once more. */
  @Test
  void namesVersionsAsSoonAsTheBucketKeepsThem() {
    pipeline.objects().putMany(pipeline.bucket(), "run-1/", 8, 10);
    Fault versioned =
        (exchange, store) -> {
          pipeline.objects().enableVersioning(pipeline.bucket());
          Fault.NONE.answer(exchange, store);
        };
    proxy.inject(versioned.whereBodyHas("<Key>run-1/"));

    var task = pipeline.dataset().at(uri()).commit().await(PURGED);

    var markers = task.objects().purged() - 8;
    assertThat(markers).as("of the first request and its repetitions").isBetween(8L, 24L);
    assertThat(task.bytes().purged()).isEqualTo(80);
    assertThat(pipeline.objects().listVersions(pipeline.bucket(), "run-1/")).isEmpty();
  }

  @Test
  void findsAnObjectWhoseUploadWasCompletedAfterEveryListingOfObjectsSoFar() {
    var upload = pipeline.objects().startUpload(pipeline.bucket(), KEY);
    Fault completed =
        (exchange, store) -> {
          pipeline.objects().completeUpload(pipeline.bucket(), KEY, upload, new byte[7]);
          Fault.NONE.answer(exchange, store);
        };
    proxy.inject(completed.times(1).where(raw -> raw.startsWith("uploads")));

    var task = pipeline.dataset().at(uri()).commit().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(1));
    assertThat(task.bytes()).isEqualTo(Tally.purged(7));
  }

  /**
   * The one request that was never answered might come through late, to a place of somebody else.
   */
  @Test
  void keepsThePlaceAsLongAsARemovalWithoutAnswerMayStillBeCarriedOut() {
    pipeline.objects().putMany(pipeline.bucket(), "run-1/", 3, 10);
    proxy.inject(Fault.silentUntil(answers).times(1).where(raw -> raw.startsWith("delete")));

    var deletion = pipeline.dataset().at(uri()).commit();

    var keptThoughEmpty =
        """
        select count(*) from purge_task t join storage_location l using (deletion_id)
        where t.deletion_id = ? and t.state = 'WAITING' and t.objects_purged = 3
          and t.quarantine_until > clock_timestamp()
        """;
    patiently().until(() -> pipeline.records().number(keptThoughEmpty, deletion.id()) == 1);
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
    var notBefore =
        """
        select count(*) from purge_task t join deletion d on d.id = t.deletion_id
        where d.id = ? and d.finished_at >= t.quarantine_until
        """;
    assertThat(pipeline.records().number(notBefore, deletion.id())).isOne();
    var reserved = "select count(*) from storage_location where deletion_id = ?";
    assertThat(pipeline.records().number(reserved, deletion.id())).isZero();
  }

  private String uri() {
    return "s3://main/" + pipeline.bucket() + "/run-1/";
  }
}
