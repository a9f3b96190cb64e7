package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.Installation;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small deletions of Purgeline's own, with two gateways and a worker. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("installation of one class")
class CanaryTest {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final List<String> STORES = List.of("directories.trainings", "objects.main");

  @TempDir static Path folder;

  private static Path trainings;
  private static Installation installation;
  private static List<PurgelineProcess> gateways;
  private static PurgelineProcess worker;
  private static JdbcClient sql;
  private static LiveNeighbours neighbours;

  @BeforeAll
  static void install() throws IOException {
    trainings = Files.createDirectory(folder.resolve("trainings"));
    var minio = MinioServer.shared().access();
    var broker = RabbitServer.shared().newVirtualHost();
    var database = PostgresServer.shared().newDatabase();
    installation = new Installation(database, broker, minio, folder);
    sql = JdbcClient.create(database.dataSource());
    neighbours = new LiveNeighbours(installation.s3());
    neighbours.settleBeside(installation.bucket(), "live/");
    neighbours.settleBeside(trainings.resolve("live"));
    var settings =
        List.of(
            "--purgeline.canary.interval=" + INTERVAL.toSeconds() + "s",
            "--purgeline.worker.lease=10s",
            "--purgeline.worker.request-timeout=10s",
            "--purgeline.directory-roots.trainings=" + trainings,
            "--purgeline.defaults.dataset-locations=s3://main/" + installation.bucket() + "/{id}/",
            "--purgeline.defaults.files-locations=dir://trainings/{id}");
    gateways =
        Stream.generate(() -> installation.startGateway(Installation.SMALL_JVM, settings))
            .limit(2)
            .toList();
    worker = installation.startWorker(Installation.SMALL_JVM, settings);
    installation.awaitHealthy();
  }

  @AfterAll
  static void uninstall() {
    try {
      neighbours.assertUntouched();
    } finally {
      installation.close();
    }
  }

  @Test
  void runsThroughEveryStoreAndRootOneAtATime() throws Exception {
    await().atMost(LONG).until(CanaryTest::rounds, rounds -> rounds >= 3);

    assertThat(
            texts(
                """
                select distinct t.objects_purged || ' ' || (t.location like '%/purgeline-canary/%')
                from purgeline.purge_task t join purgeline.deletion d on d.id = t.deletion_id
                where d.actor = 'canary' and d.state = 'PURGED'
                """))
        .as("one real object or file each, in its place")
        .containsExactly("1 true");
    assertThat(
            texts(
                """
                select t.queue from purgeline.deletion d join purgeline.purge_task t on t.deletion_id = d.id
                where d.actor = 'canary'
                  and exists (select from purgeline.deletion o join purgeline.purge_task p on p.deletion_id = o.id
                              where o.actor = 'canary' and p.queue = t.queue and o.id <> d.id
                                and o.requested_at <= d.requested_at and o.finished_at > d.requested_at)
                """))
        .as("two at a time")
        .isEmpty();
    assertThat(number("select count(*) from purgeline.canary")).isEqualTo(STORES.size());
    assertThat(
            number(
                """
                select (select count(*) from purgeline.audit_entry
                        where actor = 'canary' and act = 'dataset.register')
                     - (select count(*) from purgeline.deletion where actor = 'canary')
                """))
        .as("registered and not deleted yet, as each is once")
        .isBetween(0L, (long) STORES.size());

    showsTheSameEverywhere();
    stopsWithTheWorkerAndDoesNotPileUp();
  }

  private static void showsTheSameEverywhere() {
    for (var process : List.of(gateways.getFirst(), gateways.getLast(), worker)) {
      for (var store : STORES) {
        await()
            .atMost(LONG)
            .untilAsserted(() -> assertThat(shown(process, store)).isCloseTo(now(), within(30.0)));
      }
    }
  }

  private static void stopsWithTheWorkerAndDoesNotPileUp() throws Exception {
    worker.kill();
    await()
        .atMost(LONG)
        .until(
            () ->
                number(
                    """
                    select count(*) from purgeline.canary c join purgeline.deletion d on d.id = c.deletion_id
                    where c.state = 'DELETING' and d.state = 'PURGED'
                    """),
            unnoticed -> unnoticed == 0);
    var before = lastSuccesses();
    var deleted = deletions();

    await()
        .during(INTERVAL.multipliedBy(5))
        .atMost(INTERVAL.multipliedBy(5).plusSeconds(30))
        .untilAsserted(() -> {
          assertThat(lastSuccesses()).isEqualTo(before);
          assertThat(deletions()).isLessThanOrEqualTo(deleted + STORES.size());
        });

    letNobodyWaitForWhatTheLostWorkerWrote();
    worker.launch();
    worker.awaitHealthy();
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(lastSuccesses().values()).doesNotContainAnyElementsOf(before.values()));
    assertNothingIsLeft();
  }

  /** As five minutes later, when the gateways give up a canary that it had begun to write. */
  private static void letNobodyWaitForWhatTheLostWorkerWrote() {
    sql.sql(
            """
            update purgeline.canary set tried_at = tried_at - interval '5 minutes'
            where state = 'WRITING'
            """)
        .update();
  }

  private static void assertNothingIsLeft() throws IOException {
    await()
        .atMost(LONG)
        .untilAsserted(() -> {
          assertThat(installation.s3().listVersions(installation.bucket(), "purgeline-canary/"))
              .isEmpty();
          assertThat(trainings.resolve("purgeline-canary")).isEmptyDirectory();
        });
  }

  /** How many have been verified purged in the store that has the fewest. */
  private static long rounds() {
    return STORES.stream()
        .mapToLong(store ->
            number(
                """
                select count(*) from purgeline.deletion d join purgeline.purge_task t on t.deletion_id = d.id
                where d.actor = 'canary' and d.state = 'PURGED' and t.queue = 'purgeline.%s'
                """
                    .formatted(store)))
        .min()
        .orElseThrow();
  }

  private static Map<String, String> lastSuccesses() {
    var all = new TreeMap<String, String>();
    sql.sql("select store, coalesce(last_success_at::text, 'never') from purgeline.canary")
        .query(row -> {
          all.put(row.getString(1), row.getString(2));
        });
    return all;
  }

  private static long deletions() {
    return number("select count(*) from purgeline.deletion where actor = 'canary'");
  }

  private static double shown(PurgelineProcess process, String store) {
    return Scrape.of(process.address())
        .value("purgeline_canary_last_success_timestamp_seconds{store=\"" + store + "\"}")
        .orElse(0);
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static long number(String query) {
    return sql.sql(query).query(Long.class).single();
  }

  private static List<String> texts(String query) {
    return sql.sql(query).query((row, n) -> row.getString(1)).list();
  }
}
