package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.messaging.Topology;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.RabbitServer;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.PurgedCounters;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.TaskView;
import io.purgeline.worker.testing.Tree;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Servers that stop and come back: purges wait, go on by themselves, and count exactly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {

  private static final int OBJECTS = 3_000;

  /** Nothing else is in it. */
  private static final String OTHER = "purgeline.objects.other";

  private MinioServer minio;
  private RabbitServer rabbit;
  private PostgresServer postgres;
  private Pipeline pipeline;
  private LiveNeighbours neighbours;

  @BeforeAll
  void start() {
    minio = MinioServer.own();
    rabbit = RabbitServer.own();
    postgres = PostgresServer.own();
    pipeline = Pipeline.on(new Servers(postgres, rabbit, minio));
    pipeline.start(
        "purge.max-objects-per-second=500",
        "worker.lease=2s",
        "worker.request-timeout=3s",
        "spring.datasource.hikari.connection-timeout=500");
    neighbours = new LiveNeighbours(pipeline.objects());
  }

  /** However a test ended, the next one finds every server. */
  @AfterEach
  void neighboursAreUntouched() {
    minio.start();
    rabbit.start();
    postgres.start();
    neighbours.assertUntouched();
  }

  @AfterAll
  void close() {
    pipeline.close();
    postgres.close();
    rabbit.close();
    minio.close();
  }

  @Test
  void waitsForAStoreThatIsDownWithoutAnAttemptAndResumesByItself() {
    var before = PurgedCounters.of(pipeline, "objects.main");
    var deletion = begin("minio/");

    minio.stop();

    var waiting = deletion.awaitTask(OutageTest::isOutage);
    assertThat(waiting.attempts()).isZero();
    assertCounted(before, waiting.objects().purged());
    assertIsPaused(deletion);
    var directory = Tree.fill(pipeline.root("trainings").resolve("beside"), 10, 1);
    neighbours.settleBeside(directory);
    var beside = pipeline.training().at("dir://trainings/beside").commit();
    beside.await(PURGED);
    assertThat(directory).doesNotExist();
    minio.start();

    assertPurgedExactly(deletion);
    assertCounted(before, OBJECTS);
  }

  private static void assertCounted(PurgedCounters before, long objects) {
    assertThat(before.increase()).isEqualTo(new PurgedCounters.Increase(objects, objects * 10));
  }

  /** Nobody consumes the queues of the store; nobody takes its task up in vain. */
  private void assertIsPaused(Deletion deletion) {
    var seen = new AtomicLong(-1);
    patiently()
        .pollInterval(Duration.ofMillis(200))
        .during(Duration.ofSeconds(3))
        .until(() -> consumers("objects.main") == 0 && isUnchanged(seen, takenUp(deletion)));
    patiently().until(() -> consumers("directories.trainings") > 0);
  }

  private int consumers(String queue) {
    return pipeline.broker().consumers("purgeline." + queue, "purgeline." + queue + ".large");
  }

  private static boolean isUnchanged(AtomicLong seen, long now) {
    return seen.getAndSet(now) == now;
  }

  private static long takenUp(Deletion deletion) {
    return deletion
        .records()
        .number("select slices + generation from purge_task where deletion_id = ?", deletion.id());
  }

  @Test
  void reportsAStoreThatOnlyACanaryMeets() {
    minio.stop();

    want(
        "objects.main",
        "s3://main/" + pipeline.bucket() + "/.purgeline-canary/" + UUID.randomUUID() + "/");

    patiently().untilAsserted(() -> assertThat(outages()).contains("purgeline.objects.main"));
    minio.start();
    patiently().untilAsserted(() -> assertThat(outages()).isEmpty());
  }

  private List<String> outages() {
    return pipeline.records().texts("select queue from store_outage");
  }

  /** As a gateway does that has registered a dataset. */
  private void want(String store, String location) {
    pipeline
        .records()
        .change(
            """
            insert into canary (store, state, dataset_id, location, began_at)
            values (?, 'REGISTERED', gen_random_uuid(), ?, now())
            """,
            store,
            location);
  }

  @Test
  void publishesWhatWaitedWhileTheBrokerWasDown() {
    rabbit.stop();
    pipeline.objects().putMany(pipeline.bucket(), "rabbit/", 5, 1);
    neighbours.settleBeside(pipeline.bucket(), "rabbit/");
    var deletion = pipeline.dataset().at(uri("rabbit/")).commit();
    var failed = "select count(*) from outbox where task_id = ?";
    assertThat(pipeline.records().number(failed, deletion.task().id())).isOne();

    rabbit.start();

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(5));
    patiently().until(() -> pipeline.records().number(failed, deletion.task().id()) == 0);
  }

  @Test
  void finishesAPurgeDuringWhichTheBrokerStopped() {
    var deletion = begin("rabbit-meanwhile/");

    rabbit.stop();
    deletion.awaitTask(task -> task.objects().purged() > 1_000);
    rabbit.start();

    assertPurgedExactly(deletion);
  }

  @Test
  void finishesAPurgeDuringWhichTheDatabaseStopped() throws IOException {
    var deletion = begin("postgres/");

    postgres.stop();
    patiently().untilAsserted(() -> assertThat(pipeline.status("/health")).isEqualTo(503));
    assertThat(pipeline.status("/health/liveness")).isEqualTo(200);
    postgres.start();

    assertPurgedExactly(deletion);
    patiently().untilAsserted(() -> assertThat(pipeline.status("/health")).isEqualTo(200));
  }

  /** Each keeps the headers it came with; one that was given back would tell how often. */
  @Test
  void holdsMessagesWhileTheDatabaseIsAway() throws SQLException {
    patiently().until(() -> consumers("objects.other") > 1);
    try (var _ = pipeline.records().lock("dead_letter")) { // two are taken, and held up
      for (int i = 0; i < 6; i++) {
        pipeline.forge(OTHER, "held " + i);
      }
      patiently().until(() -> depth(OTHER) == 4);
      postgres.stop();
    }
    var waiting = new AtomicLong(-1); // fewer if the lock ends before one that waits for it
    patiently()
        .during(Duration.ofSeconds(2))
        .until(() -> isUnchanged(waiting, depth(OTHER)) && waiting.get() <= 4);
    assertThat(depth(Topology.DEAD_LETTERS)).isZero();
    postgres.start();

    patiently().untilAsserted(() -> assertThat(deliveriesOf("held %")).hasSize(6));
    assertThat(deliveriesOf("held %")).containsOnly(OTHER + " again: 0");
  }

  private long depth(String queue) {
    return pipeline.broker().depth(queue).orElseThrow();
  }

  private List<String> deliveriesOf(String body) {
    return pipeline
        .records()
        .texts(
            """
            select (headers ->> 'routing_key') || ' again: ' || coalesce(headers ->> 'x-delivery-count', '0')
            from dead_letter where convert_from(body, 'UTF8') like ?
            """,
            body);
  }

  private Deletion begin(String prefix) {
    pipeline.fill(pipeline.bucket(), prefix, OBJECTS, 10);
    neighbours.settleBeside(pipeline.bucket(), prefix);
    var deletion = pipeline.dataset().at(uri(prefix)).commit();
    deletion.awaitTask(task -> task.objects().purged() > 0);
    return deletion;
  }

  private static boolean isOutage(TaskView task) {
    return "OUTAGE".equals(task.errorClass());
  }

  private static void assertPurgedExactly(Deletion deletion) {
    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(OBJECTS));
    assertThat(task.bytes()).isEqualTo(Tally.purged(OBJECTS * 10L));
    assertThat(task.attempts()).isZero();
    assertThat(deletion.deadLetters()).isEmpty();
  }

  private String uri(String prefix) {
    return "s3://main/" + pipeline.bucket() + "/" + prefix;
  }
}
